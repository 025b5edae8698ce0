# Which information matrix, standard errors and tests follow from combined options, by lavaan.
# Run: npm run golden semInformation. Writes expected/<family>.json (data are ../sem/data).
here <- getwd()
setwd("../sem")
source("record.R")
expectedFolder <- file.path(here, "expected")
dir.create(expectedFolder, showWarnings = FALSE)
two <- "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\ng ~ f"
fixed <- paste0(two, "\nf ~ ageyr + sex")
path <- "x3 ~ x1 + ageyr\nx7 ~ x3 + x2\nx9 ~ x7"
grid <- function(prefix, syntax, combinations, ...) for (o in combinations) record(paste(c(prefix, unlist(o)), collapse = "-"), syntax, "hs", "sem", c(o, list(...)))

family("likelihood", function() {
  grid("ml", two, list(
    list(information = "observed"), list(information = "first.order"), list(h1.information = "unstructured"),
    list(information = "observed", observed.information = "h1"),
    list(information = "observed", observed.information = "h1", h1.information = "unstructured"),
    list(information = "first.order", h1.information = "unstructured"), list(se = "first.order", information = "expected"),
    list(se = "robust.sem"), list(se = "robust.sem", information = "observed"), list(se = "robust.huber.white", information = "expected"),
    list(se = "robust.huber.white", h1.information = "unstructured"), list(se = "robust.sem", h1.information = "unstructured"),
    list(test = "satorra.bentler", information = "observed"), list(test = "yuan.bentler", information = "expected"),
    list(test = "scaled.shifted", information = "observed", observed.information = "hessian"), list(likelihood = "wishart", h1.information = "unstructured")))
  grid("means", paste0(two, "\nx2 ~ 6*1\nx5 ~ 4.2*1"), list(list(estimator = "MLM", information = "observed"), list(estimator = "MLMV", information = "observed"), list(estimator = "MLM", h1.information = "unstructured"), list(estimator = "MLF", information = "observed")))
  for (e in c("MLM", "MLMV", "MLMVS")) grid("robust", two, list(
    list(estimator = e, information = "observed"), list(estimator = e, information = "observed", observed.information = "hessian"),
    list(estimator = e, h1.information = "unstructured"), list(estimator = e, se = "robust.huber.white")))
  grid("mlr", two, list(
    list(estimator = "MLR", se = "robust"), list(estimator = "MLR", se = "robust", information = "observed"), list(estimator = "MLR", information = "expected"),
    list(estimator = "MLR", observed.information = "h1"), list(estimator = "MLR", h1.information = "unstructured"), list(estimator = "MLR", test = "satorra.bentler")))
  grid("fixed", fixed, list(
    list(estimator = "MLM", information = "observed"), list(estimator = "MLR", se = "robust"), list(estimator = "MLMV", h1.information = "unstructured"),
    list(estimator = "ML", h1.information = "unstructured", meanstructure = TRUE), list(estimator = "MLF", se = "standard")))
  grid("groups", two, list(
    list(estimator = "MLM", information = "observed"), list(estimator = "MLMV", information = "observed"), list(estimator = "MLR", h1.information = "unstructured"), list(estimator = "MLR", se = "robust")),
    group = "school", group.equal = "loadings")
})
family("least-squares", function() {
  grid("path", path, list(
    list(estimator = "GLS", information = "observed"), list(estimator = "ULS", information = "observed"), list(estimator = "WLS", fixed.x = TRUE),
    list(estimator = "DWLS", fixed.x = TRUE), list(estimator = "DWLS", fixed.x = TRUE, meanstructure = TRUE), list(estimator = "WLSMV", fixed.x = TRUE), list(estimator = "WLSMV", se = "standard", fixed.x = TRUE)))
  grid("two", fixed, list(list(estimator = "GLS", information = "observed"), list(estimator = "DWLS", fixed.x = TRUE, information = "observed"), list(estimator = "WLS", fixed.x = TRUE, se = "robust.sem")))
  grid("groups", two, list(list(estimator = "GLS", information = "observed", observed.information = "h1")), group = "school")
})
family("moments", function() {
  # given the covariates, the baseline model keeps the regressions on them
  slopes <- "x4 ~ x1 + x2\nx5 ~ x4 + x3"
  for (e in c("ML", "MLR", "MLF")) record(paste0("conditional-", e), slopes, "hs", "sem", list(conditional.x = TRUE, estimator = e))
  record("conditional-factors-MLR", fixed, "hs", "sem", list(conditional.x = TRUE, estimator = "MLR"))
  record("conditional-groups-MLR", slopes, "hs", "sem", list(conditional.x = TRUE, estimator = "MLR", group = "school"))
  record("conditional-groups-equal", slopes, "hs", "sem", list(conditional.x = TRUE, group = "school", group.equal = c("regressions", "residuals")))
  # the same model as a phantom variable with one effect on two factors, where lavaan stays at the saddle point 0
  record("phantom-equivalent", "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\nh =~ x7 + x8 + x9\nf ~~ 0*h\ng ~~ 0*h", "hs", "cfa")
  S <- cov(read.csv("data/hs.csv")[, paste0("x", 1:6)])
  for (o in list(list(likelihood = "wishart"), list(estimator = "ULS"), list(estimator = "GLS"), list())) for (r in c(TRUE, FALSE))
    record(paste(c("rescale", unlist(o), r), collapse = "-"), two, cov = S, n = 301, options = c(o, list(sample.cov.rescale = r)))
})
family("incomplete", function() {
  answers <- list(list(se = "standard", information = "expected"), list(se = "standard", h1.information = "unstructured", information = "expected"), list(se = "first.order", h1.information = "unstructured"),
    list(se = "robust.huber.white", information = "expected"), list(se = "robust.huber.white", h1.information = "unstructured"), list(se = "robust.huber.white", information = "expected", h1.information = "unstructured"),
    list(test = "yuan.bentler.mplus", information = "expected"), list(test = "yuan.bentler.mplus", h1.information = "unstructured"),
    list(test = "yuan.bentler", h1.information = "unstructured"), list(test = "yuan.bentler", information = "expected", h1.information = "unstructured"))
  for (o in answers) {
    record(paste(c("two", unlist(o)), collapse = "-"), two, "hsmissing", "sem", c(o, list(missing = "ml")))
    record(paste(c("fixed", unlist(o)), collapse = "-"), paste0(two, "\nf ~ x9"), "hsmissing", "sem", c(o, list(missing = "ml")))
    record(paste(c("groups", unlist(o)), collapse = "-"), two, "hsmissing", "sem", c(o, list(missing = "ml", group = "school", group.equal = "loadings")))
  }
})
