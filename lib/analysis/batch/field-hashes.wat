;; xxHash64 (seed 42) of many fields at once, and their HyperLogLog++ registers (p = 9).
;; In JavaScript each 64-bit multiplication takes seven 32-bit ones; here it is one instruction.
;; `npx tsx tools/web-assembly/assemble.ts` writes field-hashes-module.ts from this text.
;; https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
(module
  (import "linked" "memory" (memory 1))

  (func $round (param $accumulator i64) (param $lane i64) (result i64)
    local.get $lane
    i64.const 0xc2b2ae3d27d4eb4f
    i64.mul
    local.get $accumulator
    i64.add
    i64.const 31
    i64.rotl
    i64.const 0x9e3779b185ebca87
    i64.mul)

  (func $converge (param $hash i64) (param $lane i64) (result i64)
    i64.const 0
    local.get $lane
    call $round
    local.get $hash
    i64.xor
    i64.const 0x9e3779b185ebca87
    i64.mul
    i64.const 0x85ebca77c2b2ae63
    i64.add)

  ;; Field `row` has the bytes [starts[row * stride], ends[row * stride]); stride in bytes. Writes to hashes[row] the lower 31 bits of the
  ;; field's hash and, as lowest bit, whether it has bytes beyond ASCII: such a field is not counted, it may be no UTF-8. 0 when it is empty.
  (func (export "count") (param $registers i32) (param $starts i32) (param $ends i32) (param $stride i32) (param $rows i32) (param $hashes i32)
    (local $at i32) (local $end i32) (local $hash i64) (local $word i64) (local $seen i64)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $register i32) (local $rank i32)
    loop $fields
      local.get $rows
      i32.eqz
      if
        return
      end

      local.get $starts
      i32.load
      local.set $at
      local.get $ends
      i32.load
      local.set $end
      i64.const 0
      local.set $seen
      local.get $at
      local.get $end
      i32.eq
      if
        local.get $hashes
        i32.const 0
        i32.store
      else
        local.get $end
        local.get $at
        i32.sub
        i64.extend_i32_u
        local.set $word ;; the length, added below

        ;; 32 bytes and more: four lanes side by side
        local.get $word
        i64.const 32
        i64.ge_u
        if
          i64.const 0x60ea27eeadc0b600 ;; seed + prime 1 + prime 2
          local.set $a
          i64.const 0xc2b2ae3d27d4eb79 ;; seed + prime 2
          local.set $b
          i64.const 42
          local.set $c
          i64.const 0x61c8864e7a1435a3 ;; seed - prime 1
          local.set $d
          loop $stripes
            local.get $a
            local.get $at
            i64.load
            call $round
            local.set $a
            local.get $b
            local.get $at
            i64.load offset=8
            call $round
            local.set $b
            local.get $c
            local.get $at
            i64.load offset=16
            call $round
            local.set $c
            local.get $d
            local.get $at
            i64.load offset=24
            call $round
            local.set $d
            local.get $seen
            local.get $at
            i64.load
            i64.or
            local.get $at
            i64.load offset=8
            i64.or
            local.get $at
            i64.load offset=16
            i64.or
            local.get $at
            i64.load offset=24
            i64.or
            local.set $seen
            local.get $at
            i32.const 32
            i32.add
            local.set $at
            local.get $end
            local.get $at
            i32.sub
            i32.const 32
            i32.ge_u
            br_if $stripes
          end
          local.get $a
          i64.const 1
          i64.rotl
          local.get $b
          i64.const 7
          i64.rotl
          i64.add
          local.get $c
          i64.const 12
          i64.rotl
          i64.add
          local.get $d
          i64.const 18
          i64.rotl
          i64.add
          local.get $a
          call $converge
          local.get $b
          call $converge
          local.get $c
          call $converge
          local.get $d
          call $converge
          local.set $hash
        else
          i64.const 0x27d4eb2f165667ef ;; seed + prime 5
          local.set $hash
        end
        local.get $hash
        local.get $word
        i64.add
        local.set $hash

        ;; what is left, by 8, 4 and 1 bytes
        block $noWords
          loop $words
            local.get $end
            local.get $at
            i32.sub
            i32.const 8
            i32.lt_u
            br_if $noWords
            i64.const 0
            local.get $at
            i64.load
            local.tee $word
            call $round
            local.get $hash
            i64.xor
            i64.const 27
            i64.rotl
            i64.const 0x9e3779b185ebca87
            i64.mul
            i64.const 0x85ebca77c2b2ae63
            i64.add
            local.set $hash
            local.get $seen
            local.get $word
            i64.or
            local.set $seen
            local.get $at
            i32.const 8
            i32.add
            local.set $at
            br $words
          end
        end
        local.get $end
        local.get $at
        i32.sub
        i32.const 4
        i32.ge_u
        if
          local.get $at
          i64.load32_u
          local.tee $word
          i64.const 0x9e3779b185ebca87
          i64.mul
          local.get $hash
          i64.xor
          i64.const 23
          i64.rotl
          i64.const 0xc2b2ae3d27d4eb4f
          i64.mul
          i64.const 0x165667b19e3779f9
          i64.add
          local.set $hash
          local.get $seen
          local.get $word
          i64.or
          local.set $seen
          local.get $at
          i32.const 4
          i32.add
          local.set $at
        end
        block $noBytes
          loop $bytes
            local.get $at
            local.get $end
            i32.ge_u
            br_if $noBytes
            local.get $at
            i64.load8_u
            local.tee $word
            i64.const 0x27d4eb2f165667c5
            i64.mul
            local.get $hash
            i64.xor
            i64.const 11
            i64.rotl
            i64.const 0x9e3779b185ebca87
            i64.mul
            local.set $hash
            local.get $seen
            local.get $word
            i64.or
            local.set $seen
            local.get $at
            i32.const 1
            i32.add
            local.set $at
            br $bytes
          end
        end

        ;; avalanche
        local.get $hash
        i64.const 33
        i64.shr_u
        local.get $hash
        i64.xor
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        local.tee $hash
        i64.const 29
        i64.shr_u
        local.get $hash
        i64.xor
        i64.const 0x165667b19e3779f9
        i64.mul
        local.tee $hash
        i64.const 32
        i64.shr_u
        local.get $hash
        i64.xor
        local.set $hash

        local.get $seen
        i64.const 0x8080808080808080
        i64.and
        i64.eqz
        if
          local.get $hashes
          local.get $hash
          i32.wrap_i64
          i32.const 1
          i32.shl
          i32.store

          ;; the upper 9 bits choose the register, the zeros after them are its value
          local.get $hash
          i64.const 55
          i64.shr_u
          i32.wrap_i64
          local.get $registers
          i32.add
          local.set $register
          local.get $hash
          i64.const 9
          i64.shl
          i64.const 256
          i64.or
          i64.clz
          i32.wrap_i64
          i32.const 1
          i32.add
          local.tee $rank
          local.get $register
          i32.load8_u
          i32.gt_u
          if
            local.get $register
            local.get $rank
            i32.store8
          end
        else
          local.get $hashes
          local.get $hash
          i32.wrap_i64
          i32.const 1
          i32.shl
          i32.const 1
          i32.or
          i32.store
        end
      end

      local.get $starts
      local.get $stride
      i32.add
      local.set $starts
      local.get $ends
      local.get $stride
      i32.add
      local.set $ends
      local.get $hashes
      i32.const 4
      i32.add
      local.set $hashes
      local.get $rows
      i32.const 1
      i32.sub
      local.set $rows
      br $fields
    end))
