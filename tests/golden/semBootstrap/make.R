# Bootstrap inside lavaan: what it makes of its own draws, exactly; and how far its draws spread, within Monte Carlo error.
# Run: npm run golden semBootstrap   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
number <- function(v) { v <- as.numeric(v); ifelse(is.finite(v), v, NA) }
path <- "x4 ~ a*x1 + x2\nx7 ~ b*x4 + c*x1\nindirect := a*b\ntotal := c + a*b"
own <- suppressWarnings(sem(path, read("hs"), se = "bootstrap", bootstrap = 199, iseed = 7))
kinds <- c(percentile = "perc", basic = "basic", normal = "norm", bc = "bca.simple")
tables <- lapply(kinds, function(k) { p <- parameterEstimates(own, boot.ci.type = k); p <- p[p$op != "~~" | p$lhs %in% c("x4", "x7"), ]; data.frame(lhs = p$lhs, op = p$op, rhs = p$rhs, est = number(p$est), se = number(p$se), z = number(p$z), p = number(p$pvalue), low = number(p$ci.lower), high = number(p$ci.upper)) })
draws <- lavInspect(own, "boot")
exact <- list(syntax = path, data = "hs", names = colnames(draws), draws = unclass(unname(as.matrix(draws)))[seq_len(nrow(draws)), ], tables = tables)
R <- 150
# Whole rows (or clusters) drawn with replacement and the model fitted again, by hand: lavaan's own loop covers ML alone.
spread <- function(id, syntax, data, fun = "sem", unit = NULL, ...) {
  message(id)
  options <- list(...); frame <- read(data); set.seed(11)
  fit <- suppressWarnings(do.call(fun, c(list(syntax, frame), options)))
  pe <- parameterEstimates(fit); free <- !is.na(pe$z)
  one <- function(i) {
    rows <- if (is.null(unit)) sample(nrow(frame), replace = TRUE) else unlist(sample(split(seq_len(nrow(frame)), frame[[unit]]), replace = TRUE))
    again <- tryCatch(suppressWarnings(do.call(fun, c(list(syntax, frame[rows, ], se = "none", baseline = FALSE), options[names(options) != "cluster"]))), error = function(e) NULL)
    if (is.null(again) || !lavInspect(again, "converged")) rep(NA, sum(free)) else parameterEstimates(again)$est[free]
  }
  draws <- sapply(seq_len(R), one)
  list(id = id, syntax = syntax, data = data, fun = fun, options = options, lhs = pe$lhs[free], op = pe$op[free], rhs = pe$rhs[free], est = number(pe$est[free]), se = number(apply(draws, 1, sd, na.rm = TRUE)), low = number(apply(draws, 1, quantile, .025, na.rm = TRUE, type = 6)), high = number(apply(draws, 1, quantile, .975, na.rm = TRUE, type = 6)))
}
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ b*visual\nsquare := b^2"
spreads <- list(
  spread("fiml", "x4 ~ a*x1 + x2\nx7 ~ b*x4 + c*x1\nab := a*b", "hsmissing", missing = "ml", fixed.x = FALSE),
  spread("weights", "f =~ y1 + y2 + y3 + y4", "clusters", "cfa", sampling.weights = "w"),
  spread("clusters", "f =~ y1 + y2 + y3 + y4", "clusters", "cfa", unit = "site", cluster = "site", meanstructure = TRUE),
  spread("dwls", three, "hs", estimator = "DWLS"))
R <- 300
stine <- function(id, syntax, data, ...) {
  message(id)
  fit <- suppressWarnings(sem(syntax, read(data), test = "bollen.stine", se = "none", bootstrap = R, iseed = 13, ...))
  t <- lavInspect(fit, "test")$bollen.stine
  list(id = id, syntax = syntax, data = data, options = list(...), statistic = t$stat, df = t$df, p = t$pvalue)
}
stines <- list(
  stine("political", "ind60 =~ x1 + x2 + x3\ndem60 =~ y1 + y2 + y3 + y4\ndem60 ~ ind60", "political"),
  stine("skewed", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "skewed"))
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), draws = 150, stineDraws = 300, exact = exact, spreads = spreads, stines = stines), auto_unbox = TRUE, digits = I(12), na = "null"), "expected.json")
