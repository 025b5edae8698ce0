# Shares of normal samples with a larger Lilliefors distance, by simulation with another seed than the table's.
# Run: Rscript make.R   Writes expected.json: n, distance, share.
set.seed(42)
rows <- list()
for (n in c(7, 25, 70, 180, 455)) {
  up <- (1:n) / n; down <- (0:(n - 1)) / n
  d <- replicate(100000, { x <- sort.int(rnorm(n), method = "quick"); f <- pnorm((x - mean(x)) / sd(x)); max(up - f, f - down) })
  for (p in c(.12, .2, .35, .55, .75, .9)) { at <- quantile(d, 1 - p, names = FALSE); rows[[length(rows) + 1]] <- sprintf('{"n":%d,"d":%.6f,"share":%.5f}', n, at, mean(d > at)) }
}
writeLines(sprintf('{"versions":{"R":"%s"},"rows":[\n%s\n]}', R.version.string, paste(unlist(rows), collapse = ",\n")), "expected.json")
