# Quantiles of Lilliefors' statistic under normality by simulation: the table of src/statistics/describe/lillieforsTable.ts.
# Run: Rscript table.R (about ten minutes)   Prints the rows of the table: T = D (sqrt(n) - 0.01 + 0.85 / sqrt(n)) at 1 - p.
set.seed(1967)
p <- c(.10, .15, .20, .25, .30, .40, .50, .60, .70, .80, .90, .95, .99, .999)
draws <- function(n) if (n >= 1000) 60000 else if (n >= 300) 120000 else 300000
for (n in c(5, 6, 8, 10, 15, 20, 30, 50, 100, 300, 1000)) {
  up <- (1:n) / n; down <- (0:(n - 1)) / n
  d <- vapply(seq_len(draws(n)), function(i) { x <- sort.int(rnorm(n), method = "quick"); f <- pnorm((x - mean(x)) / sd(x)); max(up - f, f - down) }, 0)
  cat(sprintf("  [%d, [%s]],\n", n, paste(sprintf("%.4f", quantile(d * (sqrt(n) - .01 + .85 / sqrt(n)), 1 - p, names = FALSE)), collapse = ", ")))
}
