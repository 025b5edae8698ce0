# lavaan's optimizer stops early. Newton steps on lavaan's own gradient take its
# solution to a gradient below 1e-12; then lavaan computes everything else there.
polish <- function(fit) {
  M <- fit@Model
  # Nonlinear and inequality constraints: lavaan's solution as it is.
  if (M@con.jac[1] != 0 && !M@eq.constraints && nrow(M@con.jac) > 0) return(list(fit = fit, gradient = NA))
  if (length(M@ceq.nonlinear.idx) > 0 || length(M@cin.linear.idx) > 0 || length(M@cin.nonlinear.idx) > 0) return(list(fit = fit, gradient = NA))
  x <- lavaan:::lav_model_get_parameters(M)
  gradient <- function(x) as.numeric(lavaan:::lav_model_gradient(lavaan:::lav_model_set_parameters(M, x), lavsamplestats = fit@SampleStats, lavdata = fit@Data, lavcache = fit@Cache, type = "free", group.weight = !fit@SampleStats@missing.flag, ceq.simple = FALSE))
  K <- if (M@eq.constraints) M@eq.constraints.K else diag(length(x))
  last <- Inf
  for (iteration in 1:8) {
    g <- drop(crossprod(K, gradient(x)))
    H <- matrix(0, length(x), ncol(K))
    for (j in seq_len(ncol(K))) { h <- 1e-5 * max(1, max(abs(K[, j] * x))); H[, j] <- (gradient(x + h * K[, j]) - gradient(x - h * K[, j])) / (2 * h) }
    Hk <- crossprod(K, H); Hk <- (Hk + t(Hk)) / 2
    step <- tryCatch(solve(Hk, g), error = function(e) NULL)
    if (is.null(step)) break
    x <- x - drop(K %*% step)
    last <- max(abs(drop(crossprod(K, gradient(x)))))
    if (max(abs(step)) < 1e-13) break
  }
  options <- fit@Options
  options$optim.method <- "none"
  out <- suppressWarnings(lavaan(slotOptions = options, slotParTable = fit@ParTable, slotModel = lavaan:::lav_model_set_parameters(M, x), slotSampleStats = fit@SampleStats, slotData = fit@Data, slotCache = fit@Cache))
  if (max(abs(coef(out) - coef(fit))) > 1e-3 * max(1, abs(coef(fit)))) stop("the polished solution is another one")
  list(fit = out, gradient = last)
}
