// Leaflet, as a script before this one leaves it; its own types are a package of their own.
declare const L: any;

// The page's data, as loading.js gives them to the function that all other scripts are put into.
declare const DATA: any;
