# std.ov = TRUE with fixed exogenous variables: lavaan standardizes the others
# only. Its log-likelihood and baseline model then mix both scales (a
# log-likelihood of +24000), so that only estimates, standard errors and the
# test of the model are expected values. Writes expected.json.
suppressMessages({library(lavaan); library(jsonlite)})
data <- read.csv("../sem/data/hs.csv")
model <- "f1 =~ x1 + x2 + x3\n f2 =~ x4 + x5 + x6\n f3 =~ x7 + x8 + x9\n f2 ~ ageyr + sex"
one <- function(fixed) {
  fit <- sem(model, data, std.ov = TRUE, fixed.x = fixed, meanstructure = TRUE)
  pe <- parameterEstimates(fit)
  list(fixed = fixed, chisq = unname(fitMeasures(fit, "chisq")), df = unname(fitMeasures(fit, "df")), srmr = unname(fitMeasures(fit, "srmr")), parameters = data.frame(term = trimws(paste(pe$lhs, pe$op, pe$rhs)), est = pe$est, se = pe$se))
}
write_json(list(versions = list(R = as.character(getRversion()), lavaan = as.character(packageVersion("lavaan"))), model = model, fits = list(one(TRUE), one(FALSE))), "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
