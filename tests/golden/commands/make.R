# Expected answers of the statistics commands on one made-up survey, by base R and MASS.
# Run: Rscript make.R   Writes survey.csv, expected.json.
suppressPackageStartupMessages(library(MASS))
set.seed(20)
n <- 180
g <- sample(c("u", "v"), n, TRUE); h <- sample(c("p", "q", "s"), n, TRUE)
x <- round(rnorm(n), 3); w <- round(rnorm(n), 3)
m <- round(.5 * x + rnorm(n), 3)
y <- round(.3 * x + .4 * m + .25 * x * w + .3 * (g == "v") + rnorm(n), 3)
b <- as.integer(y + rnorm(n) > 0); o <- findInterval(y, c(-1, 0, 1)) + 1
d <- data.frame(x, w, m, y, b, o, g, h)
d$x[c(3, 50)] <- NA; d$m[c(7, 50, 90)] <- NA
write.csv(d, "survey.csv", row.names = FALSE, na = "", quote = FALSE)
d <- read.csv("survey.csv")

out <- list()
fit <- glm(b ~ x + m, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 100))
out$logistic <- list(estimate = unname(coef(fit)), stdError = unname(sqrt(diag(vcov(fit)))), minus2LogLik = deviance(fit))
fit <- polr(factor(o) ~ x + m, d, Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000))
out$ordinal <- list(estimate = unname(coef(fit)), thresholds = unname(fit$zeta), minus2LogLik = deviance(fit))
fit <- lm(y ~ w + g * h, d, contrasts = list(g = contr.sum, h = contr.sum))
third <- drop1(fit, . ~ ., test = "F")
out$anova <- list(terms = c("w", "g", "h", "g:h"), sumOfSquares = third[["Sum of Sq"]][-1], f = third[["F value"]][-1], pValue = third[["Pr(>F)"]][-1])
pair <- t.test(d$x, d$m, paired = TRUE)
out$pairs <- list(t = unname(pair$statistic), df = unname(pair$parameter), pValue = pair$p.value, confLow = pair$conf.int[1], confHigh = pair$conf.int[2])
two <- wilcox.test(m ~ g, d, exact = FALSE, correct = FALSE); three <- kruskal.test(m ~ h, d)
out$ranks <- list(mannWhitney = two$p.value, kruskalWallis = c(unname(three$statistic), three$p.value))
cells <- table(d$g, d$h); chi <- chisq.test(cells)
out$crosstab <- list(counts = unname(apply(cells, 1, as.list)), statistic = unname(chi$statistic), pValue = chi$p.value, fisher = fisher.test(cells)$p.value)
shapiro <- lapply(d[c("x", "y", "o")], shapiro.test)
out$normality <- list(w = unname(sapply(shapiro, function(s) s$statistic)), pValue = unname(sapply(shapiro, function(s) s$p.value)))
k <- d[complete.cases(d[c("y", "x", "w")]), ]
slope <- function(at) coef(summary(lm(y ~ x * I(w - at), k)))["x", ]
out$moderate <- lapply(mean(k$w) + c(-1, 0, 1) * sd(k$w), function(at) unname(slope(at)))
k <- d[complete.cases(d[c("y", "x", "m")]), ]
a <- coef(lm(m ~ x, k))["x"]; both <- coef(lm(y ~ x + m, k))
out$mediate <- list(indirect = unname(a * both["m"]), direct = unname(both["x"]), total = unname(coef(lm(y ~ x, k))["x"]))
out$missing <- list(missing = unname(colSums(is.na(d))), complete = sum(complete.cases(d)))
out$screen <- list(excluded = which(rowSums(is.na(d[c("x", "m")])) > 1))

json <- function(v) if (is.list(v)) { parts <- vapply(v, json, ""); if (is.null(names(v))) paste0("[", paste(parts, collapse = ","), "]") else paste0("{", paste0('"', names(v), '":', parts, collapse = ","), "}") } else { t <- if (is.character(v)) paste0('"', v, '"') else format(v, digits = 17, trim = TRUE); if (length(v) == 1) t else paste0("[", paste(t, collapse = ","), "]") }
out$versions <- list(R = R.version.string, MASS = as.character(packageVersion("MASS")))
writeLines(gsub("},\"", "},\n\"", json(out)), "expected.json")
