;; Keyed hashes of identifiers, and the samples that they are in.
;; `npx tsx tools/web-assembly/assemble.ts` writes identifier-hashes-module.ts from this text.
(module
  (import "linked" "memory" (memory 1))

  ;; Writes to `out` the 128 bits of SipHash-2-4 of the bytes from `at` to `end`, with the 16 bytes at `key`. Eight bytes more are read.
  ;; https://github.com/veorq/SipHash/blob/master/siphash.c
  (func (export "hash") (param $key i32) (param $at i32) (param $end i32) (param $out i32)
    (local $v0 i64) (local $v1 i64) (local $v2 i64) (local $v3 i64) (local $word i64) (local $length i64)
    (local $left i32) (local $rounds i32) (local $phase i32)
    local.get $key
    i64.load
    i64.const 0x736f6d6570736575
    i64.xor
    local.set $v0
    local.get $key
    i64.load offset=8
    i64.const 0x646f72616e646f83 ;; for 128 bits: another last byte
    i64.xor
    local.set $v1
    local.get $key
    i64.load
    i64.const 0x6c7967656e657261
    i64.xor
    local.set $v2
    local.get $key
    i64.load offset=8
    i64.const 0x7465646279746573
    i64.xor
    local.set $v3
    local.get $end
    local.get $at
    i32.sub
    i64.extend_i32_u
    i64.const 56
    i64.shl
    local.set $length

    loop $steps
      ;; the next eight bytes, then those that are left with the length above them, then nothing
      i64.const 0
      local.set $word
      i32.const 4
      local.set $rounds
      local.get $phase
      i32.eqz
      if
        i32.const 2
        local.set $rounds
        local.get $at
        i64.load
        local.set $word
        local.get $end
        local.get $at
        i32.sub
        local.tee $left
        i32.const 8
        i32.lt_s
        if
          local.get $word
          i64.const 1
          local.get $left
          i32.const 3
          i32.shl
          i64.extend_i32_u
          i64.shl
          i64.const 1
          i64.sub
          i64.and
          local.get $length
          i64.or
          local.set $word
        end
        local.get $at
        i32.const 8
        i32.add
        local.set $at
      end

      local.get $v3
      local.get $word
      i64.xor
      local.set $v3
      loop $round
        local.get $v0
        local.get $v1
        i64.add
        local.tee $v0
        local.get $v1
        i64.const 13
        i64.rotl
        i64.xor
        local.set $v1
        local.get $v2
        local.get $v3
        i64.add
        local.tee $v2
        local.get $v3
        i64.const 16
        i64.rotl
        i64.xor
        local.tee $v3
        local.get $v0
        i64.const 32
        i64.rotl
        i64.add
        local.tee $v0
        local.get $v3
        i64.const 21
        i64.rotl
        i64.xor
        local.set $v3
        local.get $v2
        local.get $v1
        i64.add
        local.tee $v2
        local.get $v1
        i64.const 17
        i64.rotl
        i64.xor
        local.set $v1
        local.get $v2
        i64.const 32
        i64.rotl
        local.set $v2
        local.get $rounds
        i32.const 1
        i32.sub
        local.tee $rounds
        br_if $round
      end
      local.get $v0
      local.get $word
      i64.xor
      local.set $v0

      local.get $phase
      i32.eqz
      if
        local.get $left
        i32.const 8
        i32.lt_s
        if
          i32.const 1
          local.set $phase
          local.get $v2
          i64.const 0xee
          i64.xor
          local.set $v2
        end
        br $steps
      end
      local.get $out
      local.get $v0
      local.get $v1
      i64.xor
      local.get $v2
      i64.xor
      local.get $v3
      i64.xor
      i64.store
      local.get $phase
      i32.const 1
      i32.eq
      if
        i32.const 2
        local.set $phase
        local.get $out
        i32.const 8
        i32.add
        local.set $out
        local.get $v1
        i64.const 0xdd
        i64.xor
        local.set $v1
        br $steps
      end
    end)

  ;; xxHash64, as in field-hashes.wat; what is a function there stands in its place here, since engines call it otherwise
  (func $hash64 (param $seed i64) (param $at i32) (param $end i32) (result i64)
    (local $hash i64) (local $length i64) (local $a i64) (local $b i64) (local $c i64) (local $d i64)
    local.get $end
    local.get $at
    i32.sub
    i64.extend_i32_u
    local.tee $length
    i64.const 32
    i64.ge_u
    if
      local.get $seed
      i64.const 0x60ea27eeadc0b5d6 ;; prime 1 + prime 2
      i64.add
      local.set $a
      local.get $seed
      i64.const 0xc2b2ae3d27d4eb4f
      i64.add
      local.set $b
      local.get $seed
      local.set $c
      local.get $seed
      i64.const 0x9e3779b185ebca87
      i64.sub
      local.set $d
      loop $stripes
        local.get $at
        i64.load
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        local.get $a
        i64.add
        i64.const 31
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.set $a
        local.get $at
        i64.load offset=8
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        local.get $b
        i64.add
        i64.const 31
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.set $b
        local.get $at
        i64.load offset=16
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        local.get $c
        i64.add
        i64.const 31
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.set $c
        local.get $at
        i64.load offset=24
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        local.get $d
        i64.add
        i64.const 31
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.set $d
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
      i64.const 0xc2b2ae3d27d4eb4f
      i64.mul
      i64.const 31
      i64.rotl
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.xor
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.const 0x85ebca77c2b2ae63
      i64.add
      local.get $b
      i64.const 0xc2b2ae3d27d4eb4f
      i64.mul
      i64.const 31
      i64.rotl
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.xor
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.const 0x85ebca77c2b2ae63
      i64.add
      local.get $c
      i64.const 0xc2b2ae3d27d4eb4f
      i64.mul
      i64.const 31
      i64.rotl
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.xor
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.const 0x85ebca77c2b2ae63
      i64.add
      local.get $d
      i64.const 0xc2b2ae3d27d4eb4f
      i64.mul
      i64.const 31
      i64.rotl
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.xor
      i64.const 0x9e3779b185ebca87
      i64.mul
      i64.const 0x85ebca77c2b2ae63
      i64.add
      local.set $hash
    else
      local.get $seed
      i64.const 0x27d4eb2f165667c5
      i64.add
      local.set $hash
    end
    local.get $hash
    local.get $length
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
        local.get $at
        i64.load
        i64.const 0xc2b2ae3d27d4eb4f
        i64.mul
        i64.const 31
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.get $hash
        i64.xor
        i64.const 27
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        i64.const 0x85ebca77c2b2ae63
        i64.add
        local.set $hash
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
        i64.const 0x27d4eb2f165667c5
        i64.mul
        local.get $hash
        i64.xor
        i64.const 11
        i64.rotl
        i64.const 0x9e3779b185ebca87
        i64.mul
        local.set $hash
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
    i64.xor)

  ;; The samples that an identifier is in, as bits: sample k of five has it when the upper half of its xxHash64, with the seed 41 + k, is below
  ;; 0.8 * 2^32; bit 0 is set.
  (func (export "samples") (param $at i32) (param $end i32) (result i32)
    (local $bits i32) (local $sample i32)
    i32.const 1
    local.set $bits
    loop $samples
      local.get $bits
      local.get $sample
      i64.extend_i32_u
      i64.const 42
      i64.add
      local.get $at
      local.get $end
      call $hash64
      i64.const 32
      i64.shr_u
      i64.const 3435973837
      i64.lt_u
      local.get $sample
      i32.const 1
      i32.add
      local.tee $sample
      i32.shl
      i32.or
      local.set $bits
      local.get $sample
      i32.const 5
      i32.lt_u
      br_if $samples
    end
    local.get $bits))
