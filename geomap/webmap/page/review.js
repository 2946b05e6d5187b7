/**
 * Review: corrections made in the page, saved as the `corrections.csv` that a rebuild applies.
 */
