// Leaflet, as a script before this one leaves it; its own types are a package of their own.
declare const L: any;
