/*
 * One record, field by field, whatever it looks like.
 *
 * Gives the offset behind it; `at` itself when it is odd or not whole, with the
 * reason in `reason`.
 */
static uint32_t oneRecord(const uint8_t *base, uint32_t at, uint32_t end) {
  const uint32_t columns = plan.columns, row = plan.row, recordLine = plan.line, recordLaters = plan.laterCount;
  const uint8_t delimiter = (uint8_t)plan.delimiter;
  const uint8_t *kinds = (const uint8_t *)plan.kinds;
  const v128_t delimiters = wasm_i8x16_splat((int8_t)delimiter), newlines = wasm_i8x16_splat('\n'), returns = wasm_i8x16_splat('\r'), quotes = wasm_i8x16_splat('"');
  uint32_t p = at, line = recordLine, column = 0;
  uint8_t c;
  reason = NEED_MORE;
  for (;;) {
    const uint8_t kind = kinds[column];
    uint32_t start = p, text = p, length;
    int escaped = 0;
    if (base[p] == '"') {
      text = ++p;
      for (;;) {
        v128_t here = wasm_v128_load(base + p);
        uint32_t closing = equal(here, quotes);
        uint32_t upTo = closing ? (closing & (0u - closing)) - 1 : 0xffff;
        line += (uint32_t)__builtin_popcount(equal(here, newlines) & upTo);
        if (!closing) {
          p += 16;
          if (p >= end) goto more;
          continue;
        }
        p += (uint32_t)__builtin_ctz(closing);
        if (p + 1 >= end) goto more;
        if (base[p + 1] != '"') break;
        escaped = 1;
        p += 2;
      }
      length = p - text;
      p++;
      c = base[p];
      if (c != delimiter && c != '\n' && c != '\r') {
        reason = ODD_RECORD;
        goto more;
      }
    } else {
      for (;;) {
        v128_t here = wasm_v128_load(base + p);
        uint32_t ends = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(wasm_i8x16_eq(here, delimiters), wasm_i8x16_eq(here, newlines)), wasm_i8x16_eq(here, returns)));
        if (ends) {
          p += (uint32_t)__builtin_ctz(ends);
          break;
        }
        p += 16;
        if (p >= end) goto more;
      }
      if (p >= end) goto more;
      length = p - text;
      c = base[p];
    }
    if (kind == NUMERIC) {
      double value;
      if (numberOf(base + text, length, &value)) put(column, row, value, row);
      else {
        if (!((const uint8_t *)plan.wides)[column]) widen(column, row);
        cellsOf(column)[row] = value;
        later(row, column, start, recordLine);
      }
    } else if (kind == TEXT) {
      uint32_t slot = escaped ? LATER : slotOf(base + text, length);
      if (slot == LATER) later(row, column, start, recordLine);
      *(uint32_t *)(cellsOf(column) + row) = slot;
    }
    column++;
    if (c == delimiter) {
      p++;
      if (column < columns) continue;
      /* A delimiter at the end of the record opens one more field, which is empty. */
      if (p >= end) goto more;
      c = base[p];
      if (c != '\n' && c != '\r') {
        reason = ODD_RECORD;
        goto more;
      }
    }
    break;
  }
  if (c == '\r') {
    if (p + 1 >= end) goto more;
    if (base[p + 1] == '\n') p++;
  }
  p++;
  if (column < columns) {
    if (plan.shortCount++ == 0) plan.shortLine = recordLine;
    for (; column < columns; column++) {
      if (kinds[column] == TEXT) *(uint32_t *)(cellsOf(column) + row) = MISSING_TEXT;
      else if (kinds[column] == NUMERIC) put(column, row, __builtin_nan(""), row);
    }
  }
  plan.line = line + 1;
  plan.row++;
  return p;

more:
  plan.laterCount = recordLaters;
  return at;
}
