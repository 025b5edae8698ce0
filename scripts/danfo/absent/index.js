'use strict';
/* global module */
/**
 * TensorFlow, request and SheetJS as danfojs-node meets them in our bundle: it loads, and what needs them says so.
 * `data instanceof tensorflow.Tensor` is asked of every frame, so there is such a class, of which nothing is made.
 */
const missing = (what, cure) => () => {
  throw new Error(`${what} is not part of the danfojs that semlab brings: ${cure}`);
};
const tensorflow = (name) => missing(`tensorflow.${name}`, 'install danfojs-node itself for tensors and scalers');
const web = missing('reading from the web', 'fetch the file first, then read it');
const excel = missing('Excel', "read with loadSurvey('file.xlsx') and toDanfo(), write with fromDanfo(frame) and writeXlsx");

class Tensor {}

module.exports = Object.assign(web, {
  Tensor,
  tensor1d: tensorflow('tensor1d'),
  tensor2d: tensorflow('tensor2d'),
  scalar: tensorflow('scalar'),
  moments: tensorflow('moments'),
  data: { array: tensorflow('data') },
  get: web,
  read: excel,
  readFile: excel,
  writeFile: excel,
  utils: { sheet_to_json: excel, aoa_to_sheet: excel, book_new: excel, book_append_sheet: excel }
});
