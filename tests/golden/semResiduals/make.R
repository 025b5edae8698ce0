# Normalized and standardized residuals under every kind of standard error, by lavaan.
# Run: LC_ALL=C.UTF-8 Rscript make.R   (in this folder; data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
here <- getwd(); setwd("../sem"); source("polish.R"); setwd(here)
u <- unbox
number <- function(v) { v <- as.numeric(v); v[!is.finite(v)] <- NA; v }
em <- list(em.h1.tol = 1e-12, em.h1.iter.max = 20000)
plain <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ visual"
covariates <- paste0(plain, "\nvisual ~ ageyr + sex\nx4 ~~ x6")
path <- "x4 ~ x1 + x2\nx7 ~ x4"
cases <- list()
add <- function(id, syntax, data, options = setNames(list(), character(0)), hidden = list()) {
  frame <- read.csv(paste0("../sem/data/", data, ".csv"))
  fit <- polish(suppressWarnings(do.call("sem", c(list(syntax, frame), options, hidden))))$fit
  residual <- function(type) {
    found <- residuals(fit, type = type)
    if (!is.null(found$cov)) found <- list(found)
    # a moment that is fitted by construction has rounding over rounding here, and none with us
    kept <- function(value, raw) { value <- number(value); value[abs(number(raw)) < 1e-9] <- NA; value }
    raw <- residuals(fit, type = "raw"); if (!is.null(raw$cov)) raw <- list(raw)
    Map(function(g, r) list(names = rownames(g$cov), cov = matrix(kept(g$cov, r$cov), nrow(g$cov)), mean = if (is.null(g$mean)) NULL else kept(g$mean, r$mean)), unname(found), unname(raw))
  }
  cases[[length(cases) + 1]] <<- list(id = u(id), syntax = u(syntax), data = u(data), options = lapply(options, function(v) if (length(v) == 1) u(v) else v), normalized = residual("normalized"), standardized = residual("standardized"))
}
add("ml-covariates", covariates, "hs")
add("ml-path", path, "hs")
add("ml-observed", plain, "hs", list(information = "observed"))
add("ml-first-order", plain, "hs", list(information = "first.order"))
add("wishart", plain, "hs", list(likelihood = "wishart"))
add("gls", covariates, "hs", list(estimator = "GLS"))
add("wls", plain, "hs", list(estimator = "WLS"))
add("mlr", plain, "hs", list(estimator = "MLR"))
add("mlr-covariates", covariates, "hs", list(estimator = "MLR", meanstructure = TRUE))
add("mlm-covariates", covariates, "hs", list(estimator = "MLM"))
add("mlr-groups", plain, "hs", list(estimator = "MLR", group = "school", group.equal = c("loadings", "intercepts")))
add("mlm-random-covariates", covariates, "hs", list(estimator = "MLM", fixed.x = FALSE))
add("mlr-weights", "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f", "clusters", list(estimator = "MLR", sampling.weights = "w"))
add("fiml", plain, "hsmissing", list(missing = "ml"), em)
add("fiml-covariates", covariates, "hsmissing", list(missing = "ml"), em)
add("fiml-mlr-covariates", covariates, "hsmissing", list(missing = "ml", estimator = "MLR"), em)
add("fiml-groups", plain, "hsmissing", list(missing = "ml", group = "school", group.equal = "loadings"), em)
write(toJSON(list(lavaan = u(as.character(packageVersion("lavaan"))), R = u(R.version.string), cases = cases), digits = I(12), na = "null", null = "null"), "expected.json")
