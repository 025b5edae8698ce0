/**
 * From tslab 1.0.22, `indentOnEnter` of `src/converter.ts`: https://github.com/yunabe/tslab
 * Copyright 2019 Yu Watanabe. Apache License 2.0, see ../LICENSE.
 * Changed: exported; matches that cannot be absent are asserted.
 */
export function indentOnEnter(src: string): string {
  // References:
  // https://code.visualstudio.com/api/language-extensions/language-configuration-guide#indentation-rules
  // https://github.com/microsoft/vscode/blob/master/extensions/typescript-language-features/src/features/languageConfiguration.ts
  let line = src.match(/[^\n]*$/)![0];
  let current = line.match(/^\s*/)![0];
  if (/^((?!.*?\/\*).*\*\/)?\s*[\}\]].*$/.test(line)) {
    // decrease indent
    // TODO: Look into the indent of the previous line.
    if (current.endsWith("  ")) {
      return current.substring(0, current.length - 2);
    }
    if (current.endsWith("\t") || current.endsWith(" ")) {
      return current.substring(0, current.length - 1);
    }
    return current;
  }
  if (/^((?!\/\/).)*(\{[^}"'`]*|\([^)"'`]*|\[[^\]"'`]*)$/.test(line)) {
    // increase indent
    return current + "  ";
  }
  return current;
}
