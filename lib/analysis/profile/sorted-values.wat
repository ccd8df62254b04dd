;; Sorts doubles that are spread evenly or like a bell: two passes over keys of sixteen bits leave next to nothing to be done.
;; `npx tsx tools/web-assembly/assemble.ts` writes sorted-values-module.ts from this text.
(module
  (import "linked" "memory" (memory 1))

  ;; Sorts `count` doubles, at least one and no NaN, from `source` to `target`. Their keys are their places between the least and the
  ;; largest, in equal steps; equal keys are put in order by insertion. Returns 0 when the values are too far apart, or so crowded that more
  ;; than four moves a value were needed. `source` has room for one more value. `scratch` has room for two tables of 256 words, and for two
  ;; numbers of sixteen bits for each value: its key, and the values' indices in the order of the keys' lower halves.
  (func (export "spread") (param $source i32) (param $target i32) (param $scratch i32) (param $count i32) (result i32)
    (local $keys i32) (local $order i32) (local $at i32) (local $end i32) (local $key i32) (local $slot i32) (local $moves i32)
    (local $low i32) (local $high i32) (local $number i32)
    (local $min v128) (local $max v128) (local $least f64) (local $scale f64) (local $value f64) (local $before f64)
    local.get $source
    local.get $count
    i32.const 3
    i32.shl
    i32.add
    local.tee $end
    local.get $source
    i64.load
    i64.store

    ;; the extremes, two values at a time
    local.get $source
    v128.load
    local.tee $min
    local.set $max
    local.get $source
    local.set $at
    loop $pairs
      local.get $min
      local.get $at
      v128.load
      f64x2.pmin
      local.set $min
      local.get $max
      local.get $at
      v128.load
      f64x2.pmax
      local.set $max
      local.get $at
      i32.const 16
      i32.add
      local.tee $at
      local.get $end
      i32.lt_u
      br_if $pairs
    end
    local.get $min
    f64x2.extract_lane 0
    local.get $min
    f64x2.extract_lane 1
    f64.min
    local.set $least
    f64.const 65535
    local.get $max
    f64x2.extract_lane 0
    local.get $max
    f64x2.extract_lane 1
    f64.max
    local.get $least
    f64.sub
    f64.div
    local.tee $scale
    f64.const 0
    f64.gt
    local.get $scale
    f64.const inf
    f64.lt
    i32.and
    i32.eqz
    if
      i32.const 0
      return
    end

    ;; keys, and how often each of their halves comes
    local.get $scratch
    local.set $at
    local.get $scratch
    i32.const 2048
    i32.add
    local.set $keys
    loop $words
      local.get $at
      i64.const 0
      i64.store
      local.get $at
      i32.const 8
      i32.add
      local.tee $at
      local.get $keys
      i32.lt_u
      br_if $words
    end
    local.get $keys
    local.set $order
    local.get $source
    local.set $at
    loop $values
      local.get $order
      ;; adding 2^52 leaves the nearest whole number in the lowest bits
      local.get $at
      f64.load
      local.get $least
      f64.sub
      local.get $scale
      f64.mul
      f64.const 4503599627370496
      f64.add
      i64.reinterpret_f64
      i32.wrap_i64
      local.tee $key
      i32.store16
      local.get $scratch
      local.get $key
      i32.const 255
      i32.and
      i32.const 2
      i32.shl
      i32.add
      local.tee $slot
      local.get $slot
      i32.load
      i32.const 1
      i32.add
      i32.store
      local.get $scratch
      local.get $key
      i32.const 8
      i32.shr_u
      i32.const 255
      i32.and
      i32.const 2
      i32.shl
      i32.add
      local.tee $slot
      local.get $slot
      i32.load offset=1024
      i32.const 1
      i32.add
      i32.store offset=1024
      local.get $order
      i32.const 2
      i32.add
      local.set $order
      local.get $at
      i32.const 8
      i32.add
      local.tee $at
      local.get $end
      i32.lt_u
      br_if $values
    end

    ;; from counts to where each half begins: an index, and an address
    local.get $scratch
    local.set $at
    local.get $target
    local.set $high
    loop $slots
      local.get $at
      i32.load
      local.set $number
      local.get $at
      local.get $low
      i32.store
      local.get $low
      local.get $number
      i32.add
      local.set $low
      local.get $at
      i32.load offset=1024
      local.set $number
      local.get $at
      local.get $high
      i32.store offset=1024
      local.get $high
      local.get $number
      i32.const 3
      i32.shl
      i32.add
      local.set $high
      local.get $at
      i32.const 4
      i32.add
      local.tee $at
      local.get $scratch
      i32.const 1024
      i32.add
      i32.lt_u
      br_if $slots
    end

    ;; indices by the lower half
    i32.const 0
    local.set $number
    loop $indices
      local.get $scratch
      local.get $keys
      local.get $number
      i32.const 1
      i32.shl
      i32.add
      i32.load8_u
      i32.const 2
      i32.shl
      i32.add
      local.tee $slot
      i32.load
      local.set $at
      local.get $order
      local.get $at
      i32.const 1
      i32.shl
      i32.add
      local.get $number
      i32.store16
      local.get $slot
      local.get $at
      i32.const 1
      i32.add
      i32.store
      local.get $number
      i32.const 1
      i32.add
      local.tee $number
      local.get $count
      i32.lt_u
      br_if $indices
    end

    ;; values by the upper half
    local.get $order
    local.get $count
    i32.const 1
    i32.shl
    i32.add
    local.set $end
    local.get $order
    local.set $at
    loop $sorted
      local.get $scratch
      local.get $keys
      local.get $at
      i32.load16_u
      local.tee $number
      i32.const 1
      i32.shl
      i32.add
      i32.load8_u offset=1
      i32.const 2
      i32.shl
      i32.add
      local.tee $slot
      i32.load offset=1024
      local.tee $key
      local.get $source
      local.get $number
      i32.const 3
      i32.shl
      i32.add
      f64.load
      f64.store
      local.get $slot
      local.get $key
      i32.const 8
      i32.add
      i32.store offset=1024
      local.get $at
      i32.const 2
      i32.add
      local.tee $at
      local.get $end
      i32.lt_u
      br_if $sorted
    end

    ;; by insertion what has the same key
    local.get $target
    local.get $count
    i32.const 3
    i32.shl
    i32.add
    local.set $end
    local.get $target
    local.set $at
    local.get $target
    f64.load
    local.set $before
    block $done
      loop $check
        local.get $at
        i32.const 8
        i32.add
        local.tee $at
        local.get $end
        i32.ge_u
        br_if $done
        local.get $at
        f64.load
        local.tee $value
        local.get $before
        f64.ge
        if
          local.get $value
          local.set $before
          br $check
        end
        local.get $at
        local.set $slot
        loop $shift
          local.get $slot
          local.get $slot
          i32.const 8
          i32.sub
          local.tee $slot
          f64.load
          f64.store
          local.get $moves
          i32.const 1
          i32.add
          local.set $moves
          local.get $slot
          local.get $target
          i32.gt_u
          if
            local.get $slot
            i32.const 8
            i32.sub
            f64.load
            local.get $value
            f64.gt
            br_if $shift
          end
        end
        local.get $slot
        local.get $value
        f64.store
        local.get $moves
        local.get $count
        i32.const 2
        i32.shl
        i32.le_u
        br_if $check
        i32.const 0
        return
      end
    end
    i32.const 1))
