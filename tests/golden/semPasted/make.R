# Models as people paste them from the lavaan tutorial and from papers, by lavaan.
# Run: LC_ALL=C.UTF-8 Rscript make.R. Writes data/*.csv and expected/pasted.json.
here <- getwd()
setwd("../sem")
source("record.R")
expectedFolder <- file.path(here, "expected")
own <- function(name) paste0("../semPasted/data/", name)
keep <- function(name, frame) write.csv(format(frame, digits = 9, trim = TRUE), file.path(here, "data", paste0(name, ".csv")), row.names = FALSE, quote = FALSE)

set.seed(51)
n <- 300
tx <- rnorm(n); ty <- .4 * tx + .9 * rnorm(n)
panel <- data.frame(x1 = rnorm(n), y1 = rnorm(n))
for (t in 2:4) { panel[[paste0("x", t)]] <- .4 * panel[[paste0("x", t - 1)]] + .1 * panel[[paste0("y", t - 1)]] + rnorm(n); panel[[paste0("y", t)]] <- .3 * panel[[paste0("y", t - 1)]] + .2 * panel[[paste0("x", t - 1)]] + rnorm(n) }
for (t in 1:4) { panel[[paste0("x", t)]] <- panel[[paste0("x", t)]] + tx; panel[[paste0("y", t)]] <- panel[[paste0("y", t)]] + ty }
keep("panel", panel)
zyg <- rep(c("MZ", "DZ"), each = n); A <- rnorm(2 * n); C <- rnorm(2 * n); B <- ifelse(zyg == "MZ", A, .5 * A + sqrt(.75) * rnorm(2 * n))
keep("twins", data.frame(t1 = sqrt(.5) * A + sqrt(.2) * C + sqrt(.3) * rnorm(2 * n), t2 = sqrt(.5) * B + sqrt(.2) * C + sqrt(.3) * rnorm(2 * n), zyg))
f <- rnorm(n); g <- .5 * f + .85 * rnorm(n); cut5 <- function(z) as.integer(cut(z, c(-Inf, -1.2, -.4, .4, 1.1, Inf)))
keep("likert", data.frame(a1 = cut5(.8 * f + .6 * rnorm(n)), a2 = cut5(.7 * f + .7 * rnorm(n)), a3 = cut5(.6 * f + .8 * rnorm(n)), b1 = cut5(.8 * g + .6 * rnorm(n)), b2 = cut5(.7 * g + .7 * rnorm(n)), b3 = cut5(.6 * g + .8 * rnorm(n)), c1 = exp(.4 * g + .5 * rnorm(n)), age = round(rnorm(n, 35, 9)), sex = sample(c("female", "male"), n, TRUE)))

within4 <- paste0("RIx =~ 1*x1 + 1*x2 + 1*x3 + 1*x4\nRIy =~ 1*y1 + 1*y2 + 1*y3 + 1*y4\n", paste0("wx", 1:4, " =~ 1*x", 1:4, collapse = "; "), "\n", paste0("wy", 1:4, " =~ 1*y", 1:4, collapse = "; "), "\nRIx ~~ RIx + RIy; RIy ~~ RIy\n", paste0("wx", 1:4, " ~~ wx", 1:4, "; wy", 1:4, " ~~ wy", 1:4, collapse = "; "))
ab <- "F =~ a1 + a2 + a3\nG =~ b1 + b2 + b3\nG ~ F"

family("pasted", function() {
  record("tutorial-multiple-modifiers", 'visual  =~ x1 + x2 + start(0.8)*x3 + b3*x3\nf =~ y*x4 + 0.5*x5 + label("k")*x6 + start(.5)*x6', "hs", "cfa", mi = TRUE, std = TRUE)
  record("tutorial-groups-modifiers", "visual =~ x1 + 0.5*x2 + c(0.6, 0.8)*x3\n textual =~ x4 + start(c(1.2, 0.6))*x5 + x6\n speed   =~ x7 + x8 + c(x9.group1, x9.group2)*x9 ", "hs", "cfa", list(group = "school"), std = TRUE)
  record("tutorial-fixed-intercepts", "visual =~ x1 + x2 + x3\n textual =~ x4 + x5 + x6\n speed =~ x7 + x8 + x9\n # intercepts with fixed values\n x1 + x2 + x3 + x4 ~ 0.5*1", "hs", "cfa")
  record("random-intercepts", paste0(within4, "\nwx2 + wy2 ~ wx1 + wy1\nwx3 + wy3 ~ wx2 + wy2\nwx4 + wy4 ~ wx3 + wy3\nwx1 ~~ wy1; wx2 ~~ wy2; wx3 ~~ wy3; wx4 ~~ wy4"), own("panel"), "lavaan", list(meanstructure = TRUE, int.ov.free = TRUE), std = TRUE)
  record("random-intercepts-equal", paste0(within4, "\nwx2 ~ a*wx1 + b*wy1; wy2 ~ c*wx1 + d*wy1\nwx3 ~ a*wx2 + b*wy2; wy3 ~ c*wx2 + d*wy2\nwx4 ~ a*wx3 + b*wy3; wy4 ~ c*wx3 + d*wy3\nwx1 ~~ wy1; wx2 ~~ r*wy2; wx3 ~~ r*wy3; wx4 ~~ r*wy4\nx1 + x2 + x3 + x4 ~ m*1"), own("panel"), "lavaan", list(meanstructure = TRUE, int.ov.free = TRUE, missing = "ML"))
  record("cross-lagged", "x2 + y2 ~ x1 + y1\nx3 + y3 ~ x2 + y2\nx4 + y4 ~ x3 + y3\nx1 ~~ y1\nx2 ~~ y2\nx3 ~~ y3\nx4 ~~ y4", own("panel"), std = TRUE)
  record("change-score", "lx1 =~ 1*x1\nlx2 =~ 1*x2\ndx =~ 1*lx2\nlx2 ~ 1*lx1\ndx ~ 1 + b*lx1\nlx1 ~ 1\nlx2 ~ 0*1\nx1 ~ 0*1\nx2 ~ 0*1\ndx ~~ dx\nlx1 ~~ lx1\nlx2 ~~ 0*lx2\nx1 ~~ 0*x1\nx2 ~~ 0*x2", own("panel"), "lavaan")
  record("twins", "A1 =~ NA*t1 + c(a,a)*t1\nA2 =~ NA*t2 + c(a,a)*t2\nC1 =~ NA*t1 + c(c,c)*t1\nC2 =~ NA*t2 + c(c,c)*t2\nA1 ~~ 1*A1\nA2 ~~ 1*A2\nC1 ~~ 1*C1\nC2 ~~ 1*C2\nA1 ~~ c(1,.5)*A2\nC1 ~~ 1*C2\nA1 ~~ 0*C1 + 0*C2\nA2 ~~ 0*C1 + 0*C2\nt1 ~~ c(e2,e2)*t1\nt2 ~~ c(e2,e2)*t2\nt1 ~ c(m,m)*1\nt2 ~ c(m,m)*1\nh2 := a^2/(a^2+c^2+e2)", own("twins"), "lavaan", list(group = "zyg", group.label = c("MZ", "DZ")))
  record("known-reliability", "F =~ 1*a1\na1 ~~ 0.25*a1\nC =~ 1*c1\nc1 ~~ 0.02*c1\nC ~ F + age", own("likert"))
  record("differential-items", "F =~ a1 + a2 + a3\nF ~ age\na2 ~ age", own("likert"), options = list(estimator = "MLR"))
  record("effect-coding-by-hand", "F =~ NA*a1 + l1*a1 + l2*a2 + l3*a3\na1 ~ i1*1\na2 ~ i2*1\na3 ~ i3*1\nF ~ NA*1\nl1 == 3 - l2 - l3\ni1 == 0 - i2 - i3\nG =~ b1 + b2 + b3", own("likert"), "cfa", list(meanstructure = TRUE))
  record("yuan-bentler", ab, own("likert"), options = list(test = "yuan.bentler"))
  record("yuan-bentler-robust", ab, own("likert"), options = list(test = "yuan.bentler", se = "robust.huber.white"))
  record("no-errors", ab, own("likert"), options = list(se = "none"))
  record("mplus-groups", ab, own("likert"), options = list(mimic = "Mplus", group = "sex"))
  record("mplus-robust", ab, own("likert"), options = list(mimic = "Mplus", estimator = "MLR"))
  record("composite-by-hand", "C =~ 0\nC ~ 1*a1 + a2 + a3\nC ~~ 0*C\nG =~ b1 + b2 + b3\nG ~ C\nc1 ~ C", own("likert"))
  record("ordinal-groups-partial", ab, own("likert"), options = list(ordered = c(paste0("a", 1:3), paste0("b", 1:3)), group = "sex", group.equal = c("loadings", "thresholds"), group.partial = c("F =~ a3", "b2|t1")), amend = function(fit, expected) { expected$residuals <- lapply(unname(residuals(fit, type = "raw")), function(g) list(names = rownames(g$cov), cov = unname(unclass(g$cov)))); expected })
})
