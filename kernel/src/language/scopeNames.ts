/** Parameters of the function that a cell becomes; user code does not use these names. */
export const SCOPE = '$semlab_scope';
export const CELL = '$semlab_cell';
