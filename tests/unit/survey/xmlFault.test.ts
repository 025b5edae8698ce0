import { describe, expect, it } from 'vitest';
import { xmlFault } from '../../../src/survey/formats/xmlFault.js';

const fault = (text: string): number | undefined => xmlFault(new TextEncoder().encode(text));

describe('the tags of an XML part', () => {
  it.each([
    '', 'no tags', '<?xml version="1.0"?>\n<a/>', '<a b="1" c=\'x>y"\'>t</a>', '<a b = "1"/>', '<!-- a < b ="--><a/>', '<!DOCTYPE x><a/>', '<a><![CDATA[ <b c=> ]]></a>', '<a b="">=</a>'
  ])('%j are whole', (text) => expect(fault(text)).toBeUndefined());

  it.each([
    ['<a b=#x">', 5], ['<a b="x>', 5], ['<a b="x"c="y">', 8], ['<a', 0], ['<a <b>', 3], ['<a b>c</a', 6], ['<a "x">', 3], ['<!-- never', 0], ['<![CDATA[ ]>', 0]
  ])('%j are broken at byte %d', (text, byte) => expect(fault(text)).toBe(byte));
});
