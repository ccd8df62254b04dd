;; Finds the strings of a captured line, sixteen bytes at a time, and the fields of its data.
;; `npx tsx tools/web-assembly/assemble.ts` writes capture-fields-module.ts from this text.
(module
  (import "linked" "memory" (memory 1))

  ;; Whether a line that begins at `at` is as a layout says: texts that are the same in all lines, each before a string but the last one.
  ;; A text is written as its length, what follows (0: nothing, 1: a string, 2: data), the address of that string's range, the address
  ;; that the range must not grow beyond, and the text itself. A range is written as the number of its parts and their bounds: the position
  ;; before the first part, and the one behind each. Commas part data; another string is one part. What a string may hold stands for
  ;; itself within ASCII, but data may end with an escaped line break, which is in no part.
  ;; Returns the position behind the line; -1 when it is not as the layout says. Sixteen bytes more than text and layout are read.
  (func (export "match") (param $layout i32) (param $at i32) (result i32)
    (local $length i32) (local $kind i32) (local $range i32) (local $limit i32) (local $bound i32) (local $special i32) (local $commas i32)
    (local $bytes v128) (local $places v128) (local $spaces v128) (local $quotes v128) (local $backslashes v128) (local $separators v128)
    v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
    local.set $places
    i32.const 32
    i8x16.splat
    local.set $spaces
    i32.const 34
    i8x16.splat
    local.set $quotes
    i32.const 92
    i8x16.splat
    local.set $backslashes
    i32.const 44
    i8x16.splat
    local.set $separators
    block $end
      loop $texts
        local.get $layout
        i32.load
        local.set $length
        local.get $layout
        i32.load offset=4
        local.set $kind
        local.get $layout
        i32.load offset=8
        local.set $range
        local.get $layout
        i32.load offset=12
        local.set $limit
        loop $blocks
          local.get $at
          v128.load
          local.get $layout
          v128.load offset=16
          v128.xor
          local.set $bytes
          local.get $length
          i32.const 16
          i32.ge_u
          if
            local.get $bytes
            v128.any_true
            if
              i32.const -1
              return
            end
            local.get $at
            i32.const 16
            i32.add
            local.set $at
            local.get $layout
            i32.const 16
            i32.add
            local.set $layout
            local.get $length
            i32.const 16
            i32.sub
            local.set $length
            br $blocks
          end
        end
        local.get $bytes
        local.get $places
        local.get $length
        i8x16.splat
        i8x16.lt_u
        v128.and
        v128.any_true
        if
          i32.const -1
          return
        end
        local.get $at
        local.get $length
        i32.add
        local.set $at
        local.get $kind
        i32.eqz
        br_if $end

        local.get $range
        local.get $at
        i32.const 1
        i32.sub
        i32.store offset=4
        local.get $range
        i32.const 8
        i32.add
        local.set $bound
        loop $string
          ;; quotes, backslashes, control characters, and what is beyond ASCII: below the space as signed bytes
          local.get $at
          v128.load
          local.tee $bytes
          local.get $spaces
          i8x16.lt_s
          local.get $bytes
          local.get $quotes
          i8x16.eq
          v128.or
          local.get $bytes
          local.get $backslashes
          i8x16.eq
          v128.or
          i8x16.bitmask
          local.set $special
          local.get $kind
          i32.const 2
          i32.eq
          if
            ;; the commas before the first special byte; all, when there is none
            local.get $bytes
            local.get $separators
            i8x16.eq
            i8x16.bitmask
            local.get $special
            i32.const 1
            i32.sub
            i32.and
            local.get $special
            i32.const -1
            i32.xor
            i32.and
            local.tee $commas
            if
              loop $parts
                local.get $bound
                local.get $at
                local.get $commas
                i32.ctz
                i32.add
                i32.store
                local.get $bound
                i32.const 4
                i32.add
                local.set $bound
                local.get $commas
                local.get $commas
                i32.const 1
                i32.sub
                i32.and
                local.tee $commas
                br_if $parts
              end
              ;; too many are not told apart
              local.get $bound
              local.get $limit
              local.get $bound
              local.get $limit
              i32.lt_u
              select
              local.set $bound
            end
          end
          local.get $special
          i32.eqz
          if
            local.get $at
            i32.const 16
            i32.add
            local.set $at
            br $string
          end
        end
        local.get $bound
        local.get $at
        local.get $special
        i32.ctz
        i32.add
        local.tee $at
        i32.store
        local.get $range
        local.get $bound
        local.get $range
        i32.sub
        i32.const 4
        i32.sub
        i32.const 2
        i32.shr_u
        i32.store
        local.get $kind
        i32.const 2
        i32.eq
        if
          local.get $at
          i32.load16_u
          i32.const 0x6e5c ;; backslash, n
          i32.eq
          if
            local.get $at
            i32.const 2
            i32.add
            local.set $at
          end
        end
        local.get $layout
        i32.const 16
        i32.add
        local.get $length
        i32.add
        local.set $layout
        br $texts
      end
    end
    local.get $at)

  ;; Writes where the parts of a range start and end, four at a time: up to three more are overwritten.
  (func (export "place") (param $range i32) (param $starts i32) (param $ends i32)
    (local $last i32) (local $ones v128)
    i32.const 1
    i32x4.splat
    local.set $ones
    local.get $range
    local.get $range
    i32.load
    i32.const 2
    i32.shl
    i32.add
    local.set $last
    loop $parts
      local.get $starts
      local.get $range
      v128.load offset=4
      local.get $ones
      i32x4.add
      v128.store
      local.get $ends
      local.get $range
      v128.load offset=8
      v128.store
      local.get $starts
      i32.const 16
      i32.add
      local.set $starts
      local.get $ends
      i32.const 16
      i32.add
      local.set $ends
      local.get $range
      i32.const 16
      i32.add
      local.tee $range
      local.get $last
      i32.lt_u
      br_if $parts
    end))
