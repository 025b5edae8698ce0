;; Cross products of tiles of 256 rows, two rows at a time (fixed-width SIMD).
;; A tile holds its columns one after the other, 2048 bytes each.
;; Assembled into products.ts by wat2wasm (WABT); see make.mjs.
(module
  (memory (export "memory") 16)

  ;; Adds the 3 x 3 sums of products of the columns at $a and at $b to the nine doubles at $out.
  (func $products (export "products") (param $a i32) (param $b i32) (param $out i32)
    (local $end i32) (local $x0 v128) (local $x1 v128) (local $x2 v128) (local $y v128)
    (local $s00 v128) (local $s01 v128) (local $s02 v128) (local $s10 v128) (local $s11 v128) (local $s12 v128) (local $s20 v128) (local $s21 v128) (local $s22 v128)
    (local.set $end (i32.add (local.get $a) (i32.const 2048)))
    (loop $rows
      (local.set $x0 (v128.load (local.get $a)))
      (local.set $x1 (v128.load offset=2048 (local.get $a)))
      (local.set $x2 (v128.load offset=4096 (local.get $a)))
      (local.set $y (v128.load (local.get $b)))
      (local.set $s00 (f64x2.add (local.get $s00) (f64x2.mul (local.get $x0) (local.get $y))))
      (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x1) (local.get $y))))
      (local.set $s20 (f64x2.add (local.get $s20) (f64x2.mul (local.get $x2) (local.get $y))))
      (local.set $y (v128.load offset=2048 (local.get $b)))
      (local.set $s01 (f64x2.add (local.get $s01) (f64x2.mul (local.get $x0) (local.get $y))))
      (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x1) (local.get $y))))
      (local.set $s21 (f64x2.add (local.get $s21) (f64x2.mul (local.get $x2) (local.get $y))))
      (local.set $y (v128.load offset=4096 (local.get $b)))
      (local.set $s02 (f64x2.add (local.get $s02) (f64x2.mul (local.get $x0) (local.get $y))))
      (local.set $s12 (f64x2.add (local.get $s12) (f64x2.mul (local.get $x1) (local.get $y))))
      (local.set $s22 (f64x2.add (local.get $s22) (f64x2.mul (local.get $x2) (local.get $y))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (br_if $rows (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end))))
    (f64.store (local.get $out) (f64.add (f64.load (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s00)) (f64x2.extract_lane 1 (local.get $s00)))))
    (f64.store offset=8 (local.get $out) (f64.add (f64.load offset=8 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s01)) (f64x2.extract_lane 1 (local.get $s01)))))
    (f64.store offset=16 (local.get $out) (f64.add (f64.load offset=16 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s02)) (f64x2.extract_lane 1 (local.get $s02)))))
    (f64.store offset=24 (local.get $out) (f64.add (f64.load offset=24 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s10)) (f64x2.extract_lane 1 (local.get $s10)))))
    (f64.store offset=32 (local.get $out) (f64.add (f64.load offset=32 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s11)) (f64x2.extract_lane 1 (local.get $s11)))))
    (f64.store offset=40 (local.get $out) (f64.add (f64.load offset=40 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s12)) (f64x2.extract_lane 1 (local.get $s12)))))
    (f64.store offset=48 (local.get $out) (f64.add (f64.load offset=48 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s20)) (f64x2.extract_lane 1 (local.get $s20)))))
    (f64.store offset=56 (local.get $out) (f64.add (f64.load offset=56 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s21)) (f64x2.extract_lane 1 (local.get $s21)))))
    (f64.store offset=64 (local.get $out) (f64.add (f64.load offset=64 (local.get $out)) (f64.add (f64x2.extract_lane 0 (local.get $s22)) (f64x2.extract_lane 1 (local.get $s22)))))
  )

  ;; The same for the columns at $a against $count blocks of three columns from $b on; sums from $out on, nine for each.
  (func (export "blockRow") (param $a i32) (param $b i32) (param $count i32) (param $out i32)
    (loop $blocks
      (call $products (local.get $a) (local.get $b) (local.get $out))
      (local.set $b (i32.add (local.get $b) (i32.const 6144)))
      (local.set $out (i32.add (local.get $out) (i32.const 72)))
      (br_if $blocks (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Subtracts $centre from the 256 values at $p; returns their sum then.
  (func (export "centre") (param $p i32) (param $centre f64) (result f64)
    (local $end i32) (local $c v128) (local $x0 v128) (local $x1 v128) (local $s0 v128) (local $s1 v128)
    (local.set $c (f64x2.splat (local.get $centre)))
    (local.set $end (i32.add (local.get $p) (i32.const 2048)))
    (loop $rows
      (local.set $x0 (f64x2.sub (v128.load (local.get $p)) (local.get $c)))
      (local.set $x1 (f64x2.sub (v128.load offset=16 (local.get $p)) (local.get $c)))
      (v128.store (local.get $p) (local.get $x0))
      (v128.store offset=16 (local.get $p) (local.get $x1))
      (local.set $s0 (f64x2.add (local.get $s0) (local.get $x0)))
      (local.set $s1 (f64x2.add (local.get $s1) (local.get $x1)))
      (br_if $rows (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 32))) (local.get $end))))
    (local.set $s0 (f64x2.add (local.get $s0) (local.get $s1)))
    (f64.add (f64x2.extract_lane 0 (local.get $s0)) (f64x2.extract_lane 1 (local.get $s0))))

  ;; Subtracts $slope times the 256 values at $x from those at $target.
  (func (export "subtract") (param $target i32) (param $x i32) (param $slope f64)
    (local $end i32) (local $b v128)
    (local.set $b (f64x2.splat (local.get $slope)))
    (local.set $end (i32.add (local.get $x) (i32.const 2048)))
    (loop $rows
      (v128.store (local.get $target) (f64x2.sub (v128.load (local.get $target)) (f64x2.mul (local.get $b) (v128.load (local.get $x)))))
      (v128.store offset=16 (local.get $target) (f64x2.sub (v128.load offset=16 (local.get $target)) (f64x2.mul (local.get $b) (v128.load offset=16 (local.get $x)))))
      (local.set $target (i32.add (local.get $target) (i32.const 32)))
      (br_if $rows (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 32))) (local.get $end)))))
)
