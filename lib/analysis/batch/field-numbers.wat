;; Reads plain numbers of up to sixteen digits: all digits at once, with no branch that depends on how many there are.
;; `npx tsx tools/web-assembly/assemble.ts` writes field-numbers-module.ts from this text.
(module
  (import "linked" "memory" (memory 1))

  ;; Field `row` has the bytes [starts[row * stride], ends[row * stride]); stride in bytes. Reads fields of an optional sign, digits, and
  ;; perhaps a point with digits on both sides, sixteen characters without the sign; skips empty ones, and stops at any other. `numbers`
  ;; holds the count of numbers and how many of them have a point, as two words, the powers of ten from 0 to 15, and the numbers, behind
  ;; which it writes. Returns the number of rows that are left. Digits and power are exact doubles where there is a point, and one
  ;; division is rounded once; without a point the digits are rounded once. So it gives the double that is nearest to the text.
  (func (export "read") (param $starts i32) (param $ends i32) (param $stride i32) (param $rows i32) (param $numbers i32) (result i32)
    (local $at i32) (local $end i32) (local $first i32) (local $point i32) (local $place i32) (local $to i32) (local $decimals i32)
    (local $value f64) (local $digits v128) (local $within v128)
    (local $places v128) (local $zeros v128) (local $points v128) (local $ten v128) (local $low v128)
    (local $tens v128) (local $hundreds v128) (local $thousands v128)
    v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
    local.set $places
    i32.const 48
    i8x16.splat
    local.set $zeros
    i32.const 46
    i8x16.splat
    local.set $points
    i32.const 10
    i8x16.splat
    local.set $ten
    i32.const 0x00ff
    i16x8.splat
    local.set $low
    i32.const 10
    i16x8.splat
    local.set $tens
    v128.const i16x8 100 1 100 1 100 1 100 1
    local.set $hundreds
    v128.const i16x8 10000 1 10000 1 10000 1 10000 1
    local.set $thousands
    local.get $numbers
    local.get $numbers
    i32.load
    i32.const 3
    i32.shl
    i32.add
    local.set $to
    local.get $numbers
    i32.load offset=4
    local.set $decimals
    block $end
      loop $fields
        local.get $rows
        i32.eqz
        br_if $end
        local.get $starts
        i32.load
        local.tee $at
        local.get $ends
        i32.load
        local.tee $end
        i32.ne
        if
          local.get $at
          i32.load8_u
          local.tee $first
          i32.const 45 ;; minus
          i32.eq
          local.get $first
          i32.const 43 ;; plus
          i32.eq
          i32.or
          local.get $at
          i32.add
          local.tee $at
          i32.const 16
          i32.add
          local.get $end
          i32.sub
          local.tee $at ;; of the 16 bytes before the end, the first one of this number
          i32.const 15
          i32.gt_u
          br_if $end

          local.get $end
          i32.const 16
          i32.sub
          v128.load
          local.tee $digits
          local.get $points
          i8x16.eq
          local.get $places
          local.get $at
          i8x16.splat
          i8x16.ge_s
          local.tee $within
          v128.and
          i8x16.bitmask
          local.set $point
          local.get $within
          local.get $digits
          local.get $zeros
          i8x16.sub
          local.tee $digits
          local.get $ten
          i8x16.lt_u
          v128.andnot
          i8x16.bitmask
          local.get $point
          i32.ne
          br_if $end ;; neither a digit nor a point
          ;; one point, with a digit before and behind it
          local.get $point
          local.get $point
          i32.const 1
          i32.sub
          i32.and
          local.get $point
          i32.const 0x8000
          i32.const 1
          local.get $at
          i32.shl
          i32.or
          i32.and
          i32.or
          br_if $end

          i32.const 31
          local.get $point
          i32.clz
          i32.sub
          local.set $place ;; -1 without a point
          local.get $decimals
          local.get $point
          i32.const 0
          i32.ne
          i32.add
          local.set $decimals

          ;; the digits before the point go one place up, into its place
          local.get $digits
          local.get $within
          v128.and
          local.get $places
          local.get $places
          local.get $place
          i8x16.splat
          i8x16.le_s
          i8x16.add
          i8x16.swizzle
          ;; pairs of digits, of pairs, of fours
          local.tee $digits
          local.get $low
          v128.and
          local.get $tens
          i16x8.mul
          local.get $digits
          i32.const 8
          i16x8.shr_u
          i16x8.add
          local.get $hundreds
          i32x4.dot_i16x8_s
          local.tee $digits
          local.get $digits
          i16x8.narrow_i32x4_s
          local.get $thousands
          i32x4.dot_i16x8_s
          local.tee $digits
          i32x4.extract_lane 0
          i64.extend_i32_u
          i64.const 100000000
          i64.mul
          local.get $digits
          i32x4.extract_lane 1
          i64.extend_i32_u
          i64.add
          f64.convert_i64_s
          local.get $numbers
          i32.const 15
          local.get $place
          i32.sub
          i32.const 15
          i32.and
          i32.const 3
          i32.shl
          i32.add
          f64.load offset=8
          f64.div
          local.set $value
          local.get $to
          f64.const 0
          local.get $value
          f64.sub
          local.get $value
          local.get $first
          i32.const 45
          i32.eq
          select
          f64.store offset=136
          local.get $to
          i32.const 8
          i32.add
          local.set $to
        end
        local.get $starts
        local.get $stride
        i32.add
        local.set $starts
        local.get $ends
        local.get $stride
        i32.add
        local.set $ends
        local.get $rows
        i32.const 1
        i32.sub
        local.set $rows
        br $fields
      end
    end
    local.get $numbers
    local.get $to
    local.get $numbers
    i32.sub
    i32.const 3
    i32.shr_u
    i32.store
    local.get $numbers
    local.get $decimals
    i32.store offset=4
    local.get $rows))
