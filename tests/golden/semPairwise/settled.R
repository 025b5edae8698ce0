# A pairwise likelihood fit at its optimum: Newton steps on lavaan's own gradient from its solution, and from
# there lavaan's usual run. (../sem/polish.R leaves out the optimizer in that run, and then the unrestricted
# model that the likelihood ratio compares with is left at its starting values.)
settled <- function(syntax, data, fun, options) {
  arguments <- c(list(model = syntax, data = read.csv(data)), options, estimator = "PML")
  default <- suppressWarnings(do.call(fun, c(arguments, list(se = "none", test = "none", baseline = FALSE))))
  if (!lavInspect(default, "converged")) stop("not converged")
  M <- default@Model
  x <- lavaan:::lav_model_get_parameters(M)
  gradient <- function(x) as.numeric(lavaan:::lav_model_gradient(lavaan:::lav_model_set_parameters(M, x), lavsamplestats = default@SampleStats, lavdata = default@Data, lavcache = default@Cache, type = "free", group.weight = !default@SampleStats@missing.flag, ceq.simple = FALSE))
  K <- if (M@eq.constraints) M@eq.constraints.K else diag(length(x))
  H <- sapply(seq_len(ncol(K)), function(j) (gradient(x + 1e-5 * K[, j]) - gradient(x - 1e-5 * K[, j])) / 2e-5)
  H <- crossprod(K, H); H <- (H + t(H)) / 2
  for (step in 1:6) {
    g <- drop(crossprod(K, gradient(x)))
    if (max(abs(g)) < 1e-12) break
    x <- x - drop(K %*% solve(H, g))
  }
  ready <- default@Options
  ready[c("se", "test", "baseline")] <- list("robust.huber.white", "mean.var.adjusted", TRUE)
  fit <- suppressWarnings(lavaan(slotOptions = ready, slotParTable = default@ParTable, slotModel = lavaan:::lav_model_set_parameters(M, x), slotSampleStats = default@SampleStats, slotData = default@Data, slotCache = default@Cache))
  list(fit = fit, gradient = max(abs(drop(crossprod(K, gradient(x))))), moved = max(abs(lavaan:::lav_model_get_parameters(fit@Model) - x)))
}
