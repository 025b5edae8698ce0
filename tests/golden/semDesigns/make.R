# Expected answers for incomplete answers, clusters and what is asked for daily, by lavaan.
# Run: LC_ALL=C.UTF-8 Rscript make.R [family …]. Writes data/*.csv and expected/<family>.json.
here <- getwd()
setwd("../sem")
source("record.R")
expectedFolder <- file.path(here, "expected")
source(file.path(here, "data.R"))
own <- function(name) paste0("../semDesigns/data/", name)
em <- list(em.h1.tol = 1e-12, em.h1.iter.max = 20000)
cl <- "f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f"

# Two stages: lavaan 0.6 scales the baseline model as if rows were complete. Here
# tr(UG)/df of the independence model from lavaan's own information matrices of the
# saturated model (Savalei & Bentler 2009), and the indices that follow.
staged <- function(robust, data, group = NULL) function(fit, expected) {
  frame <- read.csv(dataPath(data)); ov <- lavNames(fit, "ov"); p <- length(ov)
  arguments <- c(list(fit@Options$model.type, frame, missing = "ml", estimator = "MLR", h1.information = "unstructured", group = group), em)
  arguments[[1]] <- paste(outer(ov, ov, paste, sep = "~~")[upper.tri(diag(p), diag = TRUE)], collapse = "\n")
  saturated <- suppressWarnings(do.call("lavaan", c(arguments, auto.var = TRUE, int.ov.free = TRUE, meanstructure = TRUE)))
  list1 <- function(x) if (is.null(group)) list(x) else x
  A <- list1(lavInspect(saturated, "h1.information.observed")); B <- list1(lavInspect(saturated, "h1.information.first.order")); S <- list1(lavInspect(saturated, "sampstat"))
  trace <- 0
  for (g in seq_along(A)) {
    V <- solve(S[[g]]$cov); D <- lavaan::lav_matrix_duplication(p); q <- p * (p + 1) / 2
    W <- matrix(0, p + q, p + q); W[1:p, 1:p] <- V; W[p + 1:q, p + 1:q] <- .5 * t(D) %*% kronecker(V, V) %*% D
    G <- solve(A[[g]]); if (robust) G <- G %*% B[[g]] %*% G
    Dn <- cbind(rbind(diag(p), matrix(0, q, p)), rbind(matrix(0, p, p), sapply(1:p, function(i) { M <- matrix(0, p, p); M[i, i] <- 1; M[lower.tri(M, diag = TRUE)] })))
    trace <- trace + sum(diag(W %*% G)) - sum(diag(solve(t(Dn) %*% W %*% Dn, t(Dn) %*% W %*% G %*% W %*% Dn)))
  }
  m <- lapply(expected$fitMeasures, as.numeric)
  c1 <- m$chisq.scaling.factor; db <- m$baseline.df; cb <- trace / db; d <- m$df; X <- m$chisq; Xb <- m$baseline.chisq; x <- X / c1; xb <- Xb / cb
  put <- function(name, value) expected$fitMeasures[[name]] <<- u(value)
  put("baseline.chisq.scaled", xb); put("baseline.chisq.scaling.factor", cb); put("baseline.pvalue.scaled", pchisq(xb, db, lower.tail = FALSE))
  put("cfi.scaled", 1 - max(x - d, 0) / max(x - d, xb - db, 0)); put("rni.scaled", 1 - (x - d) / (xb - db))
  for (n in c("tli.scaled", "nnfi.scaled")) put(n, (xb / db - x / d) / (xb / db - 1))
  put("rfi.scaled", (xb / db - x / d) / (xb / db)); put("nfi.scaled", (xb - x) / xb); put("pnfi.scaled", d / db * (xb - x) / xb); put("ifi.scaled", (xb - x) / (xb - d))
  e <- X - c1 * d; eb <- Xb - cb * db
  put("cfi.robust", 1 - max(e, 0) / max(e, eb, 0)); put("rni.robust", 1 - e / eb); for (n in c("tli.robust", "nnfi.robust")) put(n, 1 - e / d * db / eb)
  expected
}

family("incomplete", function() {
  ml <- function(id, syntax, data, fun = "sem", options = list(), ...) record(id, syntax, data, fun, c(list(missing = "ml"), options), hidden = em, ...)
  for (m in c("two.stage", "robust.two.stage")) {
    record(paste0(m, "-hs"), hs, "hsmissing", "cfa", list(missing = m), hidden = em, amend = staged(m == "robust.two.stage", "hsmissing"), std = TRUE)
    record(paste0(m, "-growth"), line, "growthmissing", "growth", list(missing = m), hidden = em, amend = staged(m == "robust.two.stage", "growthmissing"))
    record(paste0(m, "-groups"), hs, "hsmissing", "cfa", list(missing = m, group = "school", group.equal = c("loadings", "intercepts")), hidden = em, amend = staged(m == "robust.two.stage", "hsmissing", "school"))
  }
  ml("random-x-written-out", "x4 ~ a*x1 + x2\nx7 ~ b*x4 + c*x1\nab := a*b\nx1 ~~ x1 + x2\nx2 ~~ x2\nx1 ~ 1\nx2 ~ 1", "hsmissing")
  ml("auxiliary", paste0("visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\ntextual ~ visual\nx7 ~~ x7 + x8\nx8 ~~ x8\nx7 ~~ x1 + x2 + x3 + x4 + x5 + x6\nx8 ~~ x1 + x2 + x3 + x4 + x5 + x6"), "hsmissing", "sem")
  ml("groups-metric-mlr", hs, "hsmissing", "cfa", list(group = "school", group.equal = "loadings", estimator = "MLR"))
  ml("groups-strict", hs, "hsmissing", "cfa", list(group = "school", group.equal = c("loadings", "intercepts", "residuals")), std = TRUE)
  ml("groups-means-mlr", hs, "hsmissing", "cfa", list(group = "school", group.equal = c("loadings", "intercepts", "means"), estimator = "MLR"))
  ml("growth-covariates", paste0(line, "\ni ~ x1 + x2\ns ~ x1 + x2"), "growthmissing", "growth", list(estimator = "MLR"))
  ml("growth-time-varying", paste0(line, "\ni ~ x1 + x2\ns ~ x1 + x2\nt1 ~ c1\nt2 ~ c2\nt3 ~ c3\nt4 ~ c4"), "growthmissing", "growth")
  ml("growth-missing-waves", line, own("waves"), "growth", std = TRUE)
  ml("growth-missing-waves-mlr", paste0(line, "\ni ~ x\ns ~ x"), own("waves"), "growth", list(estimator = "MLR"))
  ml("effect-coding", hs, "hsmissing", "cfa", list(effect.coding = TRUE))
  ml("std-ov", hs, "hsmissing", "cfa", list(std.ov = TRUE))
  ml("constraint", "visual =~ x1 + a*x2 + b*x3\ntextual =~ x4 + x5 + x6\na + b == 1.5", "hsmissing", "cfa")
  ml("weights", cl, own("clusterholes"), options = list(sampling.weights = "w"))
  ml("weights-mlr", cl, own("clusterholes"), options = list(sampling.weights = "w", estimator = "MLR"))
  ml("cluster", cl, own("clusterholes"), options = list(cluster = "site"))
  ml("cluster-mlr", cl, own("clusterholes"), options = list(cluster = "site", estimator = "MLR"))
  ml("cluster-x", paste0(cl, "\nf ~ x"), own("clusterholes"), options = list(cluster = "site", estimator = "MLR"))
  ml("cluster-weights", cl, own("clusterholes"), options = list(cluster = "site", sampling.weights = "w"))
  ml("cluster-groups", cl, own("clusterholes"), options = list(cluster = "site", group = "kind", estimator = "MLR"))
  mlx <- function(id, syntax, options = list(), ...) record(id, syntax, "hsmissing", "sem", c(list(missing = "ml.x"), options), hidden = em, ...)
  mlx("mlx-mlr", "visual =~ x1 + x2 + x3\nvisual ~ x4 + x5", list(estimator = "MLR"))
  mlx("mlx-path", "x7 ~ a*x4 + x1\nx8 ~ b*x7 + x1\nab := a*b")
  mlx("mlx-groups", "visual =~ x1 + x2 + x3\nvisual ~ x4", list(group = "school", group.equal = c("loadings", "regressions")))
})

family("clustered", function() {
  k <- function(id, syntax = cl, options = list(), data = "clusters", ...) record(id, syntax, data, options = c(list(cluster = "site"), options), ...)
  k("mlr", options = list(estimator = "MLR"), std = TRUE)
  k("mlr-groups", options = list(estimator = "MLR", group = "kind"))
  k("mlr-groups-scalar", "f =~ y1 + y2 + y3 + y4", list(estimator = "MLR", group = "kind", group.equal = c("loadings", "intercepts")))
  k("ml-groups-metric", options = list(group = "kind", group.equal = "loadings"))
  k("mlm", options = list(estimator = "MLM"))
  k("mlm-x", paste0(cl, "\nf ~ x"), list(estimator = "MLM"))
  k("mlm-groups", options = list(estimator = "MLM", group = "kind"))
  k("mlmv", options = list(estimator = "MLMV"))
  k("mlmvs", options = list(estimator = "MLMVS"))
  k("mlr-weights", options = list(estimator = "MLR", sampling.weights = "w"))
  k("mlr-x", paste0(cl, "\nf ~ x\ng ~ x"), list(estimator = "MLR"))
  k("equal", "f =~ y1 + a*y2 + a*y3 + y4\ng =~ y5 + b*y6 + b*y7\ng ~ f", list(estimator = "MLR"))
  k("standard-test", options = list(test = "standard"))
  record("weights-mlm", cl, "clusters", options = list(sampling.weights = "w", estimator = "MLM"))
  record("weights-groups", cl, "clusters", options = list(sampling.weights = "w", group = "kind", estimator = "MLR"))
  record("weights-none", cl, "clusters", options = list(sampling.weights = "w", sampling.weights.normalization = "group", group = "kind"))
  record("weights-x", paste0(cl, "\nf ~ x"), "clusters", options = list(sampling.weights = "w"))
})

family("usual", function() {
  part <- function(name) subset(HolzingerSwineford1939, school == name)[, 7:15]
  groups <- c("Pasteur", "Grant-White")
  covs <- lapply(setNames(groups, groups), function(name) cov(part(name))); means <- lapply(groups, function(name) colMeans(part(name)))
  for (ge in list(NULL, "loadings", c("loadings", "intercepts", "residuals"), c("loadings", "intercepts", "means")))
    record(paste0("covariance-groups-", if (is.null(ge)) "configural" else paste(ge, collapse = "-")), hs, cov = covs, n = c(156, 145), means = means, fun = "cfa", options = if (is.null(ge)) list(meanstructure = TRUE) else list(group.equal = ge))
  record("covariance-groups-no-means", hs, cov = covs, n = c(156, 145), fun = "cfa", options = list(group.equal = "loadings"))
  record("covariance-groups-wishart", hs, cov = covs, n = c(156, 145), means = means, fun = "cfa", options = list(likelihood = "wishart", group.equal = c("loadings", "intercepts")))
  record("covariance-gls", hs, cov = covs[[1]], n = 156, fun = "cfa", options = list(estimator = "GLS"))
  record("covariance-means-effect", hs, cov = covs[[1]], n = 156, means = means[[1]], fun = "cfa", options = list(effect.coding = TRUE, meanstructure = TRUE))
  record("covariance-single-path", "x4 ~ a*x1\nx7 ~ b*x4 + x1\nab := a*b", cov = covs[[2]], n = 145)
  record("effect-intercepts", hs, "hs", "cfa", list(effect.coding = "intercepts", meanstructure = TRUE))
  record("stdov-groups", hs, "hs", "cfa", list(group = "school", std.ov = TRUE))
  record("stdov-path", "x4 ~ x1 + x2\nx7 ~ x4", "hs", options = list(std.ov = TRUE, meanstructure = TRUE))
  record("wishart-path", "x4 ~ x1 + x2\nx7 ~ x4", "hs", options = list(likelihood = "wishart"))
  record("wishart-means", hs, "hs", "cfa", list(likelihood = "wishart", meanstructure = TRUE), std = TRUE)
  record("wishart-groups", hs, "hs", "cfa", list(likelihood = "wishart", group = "school", group.equal = c("loadings", "intercepts")))
  record("wishart-second-order", paste0(hs, "\ng =~ visual + textual + speed"), "hs", "cfa", list(likelihood = "wishart"))
  record("mimic-mplus", hs, "hs", "cfa", list(mimic = "Mplus"))
  record("mimic-eqs-path", "x4 ~ x1 + x2\nx7 ~ x4", "hs", options = list(mimic = "EQS"))
  record("growth-quadratic", "i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\nq =~ 0*t1 + 1*t2 + 4*t3 + 9*t4\nt1 ~~ r*t1\nt2 ~~ r*t2\nt3 ~~ r*t3\nt4 ~~ r*t4", "growth", "growth")
})
