// Chance that a seed repeats. Each step draws from a stream of its own, named by the seed and the step's
// number, so that one draw more in a step changes nothing in those that follow.

/** 32 bits of a text, well mixed (cyrb53's first half). */
function mixed (text) {
  let hash = 0x9e3779b9
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 2654435761)
  return (hash ^ hash >>> 15) >>> 0
}

export class Chance {
  constructor (name) { this.state = mixed(String(name)) }

  /** From 0 to 1, without 1 (mulberry32). */
  next () {
    this.state = this.state + 0x6d2b79f5 >>> 0
    let x = this.state
    x = Math.imul(x ^ x >>> 15, x | 1)
    x ^= x + Math.imul(x ^ x >>> 7, x | 61)
    return ((x ^ x >>> 14) >>> 0) / 4294967296
  }

  below (n) { return Math.floor(this.next() * n) }
  maybe (share) { return this.next() < share }
  pick (list) { return list[this.below(list.length)] }

  /** One of [[weight, thing], …]; undefined when nothing has a weight. */
  weighted (pairs) {
    let left = this.next() * pairs.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, thing] of pairs) if ((left -= weight) < 0) return thing
    return pairs.findLast(([weight]) => weight > 0)?.[1]
  }
}
