/**
 * From tslab 1.0.22, `completionWithId` of `src/converter.ts`: https://github.com/yunabe/tslab
 * Copyright 2019 Yu Watanabe. Apache License 2.0, see ../LICENSE.
 * Changed: takes the identifier as text and range, so that it stands by itself; names
 * that only contain the text are offered when none starts with it; keys are compared
 * by code unit, which is quicker and the same everywhere.
 */
import type * as ts from 'typescript';
import type { CompletionInfo } from './interfaces.js';

export function completionWithId(info: ts.CompletionInfo | undefined, name: string, start: number, end: number): CompletionInfo {
  let lower = name.toLowerCase();
  let entries = info ? info.entries : [];
  const candidates = entries
    .map((e, index) => {
      const key = (() => {
        if (e.name.startsWith(name)) {
          return "0";
        }
        const lname = e.name.toLowerCase();
        if (lname.startsWith(lower)) {
          return "1";
        }
        if (lname.indexOf(lower) >= 0) {
          return "2";
        }
        return "";
      })();
      if (key === "") {
        return null;
      }
      return {
        name: e.name,
        sortKey: key + e.sortText,
        index,
      };
    })
    .filter((e) => e !== null);
  // Sort stably by using the original index.
  candidates.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : a.index - b.index));
  const starting = candidates.filter((e) => e.sortKey[0] !== "2");
  return {
    start,
    end,
    candidates: (starting.length > 0 ? starting : candidates).map((e) => e.name),
    original: info,
  };
}
