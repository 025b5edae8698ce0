export * from './cholesky.js';
export * from './factorizations.js';
export * from './qr.js';
