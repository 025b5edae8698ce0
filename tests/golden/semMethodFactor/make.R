# Unmeasured latent method factor (Podsakoff et al. 2003) by lavaan.
# Run: npm run golden semMethodFactor   (data are ../sem/data)
suppressMessages({library(lavaan); library(jsonlite)})
source("../sem/polish.R")
read <- function(name) read.csv(paste0("../sem/data/", name, ".csv"))
one <- function(id, syntax, data, items, latent, kind) {
  label <- if (kind == "equal") "m*" else ""
  text <- paste0(syntax, "\nmethod =~ ", paste0(if (kind == "equal") "NA*" else c("NA*", rep("", length(items) - 1)), items, collapse = " + "), if (kind == "equal") paste0("\nmethod =~ ", paste0("m*", items, collapse = " + ")) else "", "\nmethod ~~ 1*method\n", paste0("method ~~ 0*", latent, collapse = "\n"))
  if (kind == "equal") text <- paste0(syntax, "\nmethod =~ NA*", items[1], " + ", paste0("m*", items, collapse = " + "), "\nmethod ~~ 1*method\n", paste0("method ~~ 0*", latent, collapse = "\n"))
  base <- polish(cfa(syntax, read(data)))$fit; more <- polish(cfa(text, read(data)))$fit
  s <- standardizedSolution(more); l <- s[s$op == "=~" & s$lhs == "method", ]; r2 <- lavInspect(more, "rsquare")[items]
  method <- l$est.std[match(items, l$rhs)]^2
  t <- lavTestLRT(base, more)
  list(id = id, improper = !suppressWarnings(lavInspect(more, "post.check")), syntax = syntax, data = data, kind = kind, items = items, method = method, trait = unname(r2 - method), error = unname(1 - r2), difference = t$`Chisq diff`[2], df = t$`Df diff`[2], cfi = unname(fitMeasures(base, "cfi") - fitMeasures(more, "cfi")))
}
three <- "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
five <- "agree =~ A1 + A2 + A3 + A4 + A5\nneuro =~ N1 + N2 + N3 + N4 + N5"
cases <- list(
  one("free", three, "hs", paste0("x", 1:9), c("visual", "textual", "speed"), "free"),
  one("equal", three, "hs", paste0("x", 1:9), c("visual", "textual", "speed"), "equal"),
  one("equal, more items", five, "bfi", c(paste0("A", 1:5), paste0("N", 1:5)), c("agree", "neuro"), "equal"))
write(toJSON(list(versions = list(R = R.version.string, lavaan = as.character(packageVersion("lavaan"))), cases = cases), auto_unbox = TRUE, digits = I(12), na = "null"), "expected.json")
