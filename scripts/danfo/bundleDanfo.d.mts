/** Writes danfo.cjs with its licences, and below types/danfo the declarations, into `folder`. */
export declare function bundleDanfo(folder: string): Promise<void>;
