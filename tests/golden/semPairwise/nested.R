# Difference tests of nested models by pairwise likelihood: lavTestLRT, method "mean.var.adjusted.PLRT".
# Sourced by make.R. Both models of a pair are written with the same parameters: where they are not
# (a marker here, std.lv there), lavaan evaluates the larger model at a wrong point.
suppressMessages({library(lavaan); library(jsonlite)})
source("settled.R")
cases <- list()
compared <- function(id, larger, smaller, ordered, data = "../semOrdinal/data/ordinal.csv", options = list(), smallerOptions = list(), fun = "cfa") {
  message(id)
  f1 <- settled(larger, data, fun, c(list(ordered = ordered), options))$fit
  f0 <- settled(smaller, data, fun, c(list(ordered = ordered), options, smallerOptions))$fit
  t <- lavTestLRT(f1, f0)
  cases[[length(cases) + 1]] <<- list(id = unbox(id), data = unbox(data), fun = unbox(fun), larger = unbox(larger), smaller = unbox(smaller), options = lapply(c(list(ordered = ordered), options), function(v) if (length(v) == 1) unbox(v) else v), smallerOptions = lapply(smallerOptions, function(v) if (length(v) == 1) unbox(v) else v),
    aic = t$PL_AIC, bic = t$PL_BIC, df = t$Df, chisq = t$Chisq, difference = unbox(t$`Chisq diff`[2]), dfDifference = unbox(t$`Df diff`[2]), p = unbox(t$`Pr(>Chisq)`[2]))
}
v5 <- paste0("v", 1:5); u8 <- paste0("u", 1:8)
compared("fixed loadings", "f =~ v1 + v2 + v3 + v4 + v5", "f =~ v1 + 1*v2 + 1*v3 + v4 + v5", v5)
compared("residual correlation", "f =~ v1 + v2 + v3 + v4 + v5\nv1 ~~ v2", "f =~ v1 + v2 + v3 + v4 + v5\nv1 ~~ 0*v2", v5)
compared("no path", "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8\ng ~ f", "f =~ u1 + u2 + u3 + u4\ng =~ u5 + u6 + u7 + u8\ng ~ 0*f", u8, fun = "sem")
compared("missing", "f =~ u1 + u2 + u3 + u4", "f =~ u1 + 1*u2 + u3 + u4", u8[1:4], "../sem/data/ordinalmissing.csv", list(missing = "pairwise"))
try(compared("groups", "f =~ u1 + u2 + u3 + u4", "f =~ u1 + u2 + u3 + u4", u8[1:4], options = list(group = "site"), smallerOptions = list(group.equal = "loadings")))
write(toJSON(list(lavaan = unbox(as.character(packageVersion("lavaan"))), R = unbox(R.version.string), cases = cases), digits = I(15), na = "null"), "nested.json")
