// The five of mathjs that danfojs calls; the rest is left out of the bundle.
export { mean, median, mode, std, variance } from 'mathjs/number';
