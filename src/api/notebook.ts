// Cell magics.
export { defineMagic, type Magic } from '../magics/magic.js';
