;; y = A x in single precision, four rows at a time (fixed-width SIMD). Rows lie
;; $stride bytes apart, a multiple of 16; $rows is a multiple of 4.
;; Assembled into multiplyWasm.ts by wat2wasm (WABT); see make.mjs.
(module
  (memory (export "memory") 1)

  ;; The sum of the four lanes, as (0 + 1) + (2 + 3).
  (func $sum (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  (func (export "multiply") (param $a i32) (param $x i32) (param $y i32) (param $rows i32) (param $stride i32)
    (local $end i32) (local $last i32) (local $p i32) (local $p1 i32) (local $p2 i32) (local $p3 i32)
    (local $v v128) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local.set $end (i32.add (local.get $x) (local.get $stride)))
    (local.set $last (i32.add (local.get $y) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $groups
      (local.set $p (local.get $x))
      (local.set $p1 (i32.add (local.get $a) (local.get $stride)))
      (local.set $p2 (i32.add (local.get $p1) (local.get $stride)))
      (local.set $p3 (i32.add (local.get $p2) (local.get $stride)))
      (local.set $s0 (v128.const i32x4 0 0 0 0))
      (local.set $s1 (v128.const i32x4 0 0 0 0))
      (local.set $s2 (v128.const i32x4 0 0 0 0))
      (local.set $s3 (v128.const i32x4 0 0 0 0))
      (loop $columns
        (local.set $v (v128.load (local.get $p)))
        (local.set $s0 (f32x4.add (local.get $s0) (f32x4.mul (local.get $v) (v128.load (local.get $a)))))
        (local.set $s1 (f32x4.add (local.get $s1) (f32x4.mul (local.get $v) (v128.load (local.get $p1)))))
        (local.set $s2 (f32x4.add (local.get $s2) (f32x4.mul (local.get $v) (v128.load (local.get $p2)))))
        (local.set $s3 (f32x4.add (local.get $s3) (f32x4.mul (local.get $v) (v128.load (local.get $p3)))))
        (local.set $a (i32.add (local.get $a) (i32.const 16)))
        (local.set $p1 (i32.add (local.get $p1) (i32.const 16)))
        (local.set $p2 (i32.add (local.get $p2) (i32.const 16)))
        (local.set $p3 (i32.add (local.get $p3) (i32.const 16)))
        (br_if $columns (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (local.get $end))))
      (local.set $a (local.get $p3))
      (f32.store (local.get $y) (call $sum (local.get $s0)))
      (f32.store offset=4 (local.get $y) (call $sum (local.get $s1)))
      (f32.store offset=8 (local.get $y) (call $sum (local.get $s2)))
      (f32.store offset=12 (local.get $y) (call $sum (local.get $s3)))
      (br_if $groups (i32.lt_u (local.tee $y (i32.add (local.get $y) (i32.const 16))) (local.get $last)))))
)
