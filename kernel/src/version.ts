/** Filled in by the build; code that runs from the sources says so. */
export const SEMLAB_VERSION: string = process.env.SEMLAB_VERSION ?? '0.0.0-source';
export const TYPESCRIPT_VERSION: string = process.env.TYPESCRIPT_VERSION ?? '5.9';
