# What lavaan takes other spellings of its options' words for, and a model whose constraints come as an argument.
# Run: npm run golden semOptionWords
suppressMessages({library(lavaan); library(jsonlite)})
data <- read.csv("../sem/data/hs.csv")
model <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6"
words <- list(
  test = c("Satorra.Bentler", "satorra", "sb", "SB", "satorra-bentler", "yb", "yuan", "yuan-bentler", "mean-var-adjusted", "mv", "second.order", "Satterthwaite", "scaled-shifted", "browne", "browne.residual", "chisq", "NONE"),
  se = c("robust.mlm", "robust.mlr", "sandwich", "Robust", "STANDARD"),
  information = c("Expected", "FIRST.ORDER"),
  estimator = c("Mlr", "wlsmv", "MLMVS", "ml"),
  missing = c("FIML", "direct", "direct.x", "ML", "Listwise", "two-stage", "twostage", "two.step", "robust.two.step", "robust-two-stage"),
  mimic = c("mplus", "MPLUS", "eqs"),
  likelihood = c("WISHART", "Normal"),
  parameterization = c("Theta", "DELTA"),
  rotation = c("Geomin", "CF-VARIMAX"),
  bounds = c("Standard", "WIDE"))
option <- function(name, value) {
  arguments <- list(model, data); arguments[[name]] <- value
  lavInspect(suppressWarnings(do.call("cfa", arguments)), "options")
}
# An estimator stands for its standard errors and its test too.
taken <- function(name, value) { o <- option(name, value); if (name == "test") tail(o$test, 1) else if (name == "estimator") paste(o$estimator, o$se, tail(o$test, 1)) else o[[name]][1] }
rows <- do.call(rbind, lapply(names(words), function(name) data.frame(option = name, word = words[[name]], taken = unname(sapply(words[[name]], function(value) taken(name, value))))))

labelled <- "visual =~ x1 + a*x2 + b*x3\ntextual =~ x4 + c*x5 + d*x6"
# The inequality is not active; without it lavaan eliminates the linear equalities exactly (with it, it misses them by 7e-8).
fit <- cfa(labelled, data, constraints = c("a == c", "d == 2*a - 0.5"))
p <- parameterEstimates(fit)
p <- p[p$op != "==" & p$op != ">", ]
write_json(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), words = rows,
  constrained = list(syntax = labelled, constraints = c("a == c", "b > 0.1\nd == 2*a - 0.5"), df = fitMeasures(fit, "df")[[1]], chisq = fitMeasures(fit, "chisq")[[1]], lhs = p$lhs, op = p$op, rhs = p$rhs, est = p$est)),
  "expected.json", digits = 15, auto_unbox = TRUE, pretty = TRUE)
