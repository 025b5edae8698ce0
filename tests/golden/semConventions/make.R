# Run: LC_ALL=C.UTF-8 Rscript make.R
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
# Where lavaan's conventions are easily missed: values fixed in one group under
# group.equal, a latent mean beside a marker intercept of 0, mirrored factors.
cases <- list(
  list(id = "fixed to different values in equal groups", model = "f1 =~ x1 + c(0.5,0.6)*x2 + x3\n f2 =~ x4 + x5 + x6", options = list(group = "school", group.equal = "loadings")),
  list(id = "fixed in one of two equal groups", model = "f1 =~ x1 + c(NA,0.6)*x2 + x3\n f2 =~ x4 + x5 + x6", options = list(group = "school", group.equal = "loadings")),
  list(id = "fixed to different values, freed by group.partial", model = "f1 =~ x1 + c(0.5,0.6)*x2 + x3\n f2 =~ x4 + x5 + x6", options = list(group = "school", group.equal = "loadings", group.partial = "f1=~x2")),
  list(id = "latent mean with a marker intercept of 0 and equal intercepts", model = "f1 =~ x1 + x2 + x3\n f2 =~ x4 + x5 + x6\n f1 ~ m*1\n x1 ~ 0*1\n x2 ~ int*1\n x3 ~ int*1", options = list()),
  list(id = "intercepts fixed by group", model = "f1 =~ x1 + x2 + x3\n f2 =~ x4 + x5 + x6\n x1 ~ c(0,1)*1\n f1 ~ c(NA,NA)*1", options = list(group = "school", group.equal = c("loadings", "intercepts")))
)
others <- lapply(cases, function(each) {
  fit <- suppressWarnings(do.call("cfa", c(list(model = each$model, data = data), each$options)))
  pe <- parameterEstimates(fit)
  pe <- pe[pe$op != "==", ]
  list(id = each$id, model = each$model, options = lapply(each$options, I), chisq = unname(fitMeasures(fit, "chisq")), df = unname(fitMeasures(fit, "df")), parameters = data.frame(term = trimws(paste(pe$lhs, pe$op, pe$rhs)), group = if (is.null(pe$group)) 1L else pe$group, est = pe$est, se = pe$se))
})
write_json(list(versions = list(R = as.character(getRversion()), lavaan = as.character(packageVersion("lavaan"))), model = model, fits = list(one(TRUE), one(FALSE)), cases = others), "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
