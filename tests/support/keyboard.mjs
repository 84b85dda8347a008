// A person without a mouse: Tab, Enter and letters. An element that Tab does not reach, or that
// has the focus outside the screen, fails the test.
import assert from 'node:assert/strict'
import { wait } from './service.mjs'

const most = 250	// presses of Tab before a control counts as unreachable

/**
 * How many presses at least are between the element with the focus and another one: forwards, and, when it is less, backwards.
 * A field of a day or of a time counts once, and takes more; backwards one would come to its last part. Runs in the page.
 */
function presses ([selector, hidden]) {
  const control = document.querySelector(selector)
  const [target] = hidden ? [...document.querySelectorAll('details:not([open])')].filter(folded => folded.contains(control)).map(folded => folded.querySelector('summary')) : [control]
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(node =>
    node === target || (!node.disabled && node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true }) && (node.type !== 'radio' || node.checked)))
  const from = document.activeElement
  const isBefore = node => node === from || Boolean(from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)
  const [at, to] = [from === document.body ? -1 : stops.filter(isBefore).length - 1, stops.indexOf(target)]
  const [ahead, back] = [to - at, Math.max(at, 0) - to].map(count => (count + stops.length) % stops.length)
  return to < 0 || from === target ? { count: 0, back: false } : ahead <= back || /date|time/.test(target.type) ? { count: ahead, back: false } : { count: back, back: true }
}

export class Keyboard {
  /** `shorter`: the shorter way, backwards too, and without a look at each element on it. */
  constructor (page, { shorter = false } = {}) { Object.assign(this, { page, shorter }) }

  /** Presses Tab until the control has the focus; it must then be on the screen and have a focus ring (WCAG 2.4.7, 2.4.11). */
  async reach (selector) {
    await this.unfold(selector)
    await this.tab(selector, selector, await this.approach(selector))
  }

  async press (selector, key = 'Enter') {
    await this.reach(selector)
    await this.page.keyboard.press(key)
  }

  async write (selector, text) {
    await this.reach(selector)
    await this.page.keyboard.type(text)
  }

  /** Chooses an option of a list with the arrow keys. */
  async choose (selector, value) {
    await this.reach(selector)
    const steps = await this.page.evaluate(([selector, value]) => {
      const select = document.querySelector(selector)
      return [...select.options].filter(option => !option.disabled).findIndex(option => option.value === value) - select.selectedIndex
    }, [selector, value])
    for (let i = 0; i < Math.abs(steps); i++) await this.page.keyboard.press(steps < 0 ? 'ArrowUp' : 'ArrowDown')
    assert.equal(await this.page.evaluate(selector => document.querySelector(selector).value, selector), value)
  }

  /** Chooses a radio button: Tab to its question, then the arrow keys. */
  async pick (name, value) {
    const state = () => this.page.evaluate(() => [document.activeElement.value, document.activeElement.checked])
    await this.tab(name => document.activeElement?.name === name, name)
    const [first] = await state()
    for (let [at] = [first], steps = 0; at !== value; [at] = await state()) {
      assert.ok(++steps < 20, `the arrow keys do not reach ${name} ${value}`)
      await this.page.keyboard.press('ArrowDown')
    }
    if (!(await state())[1]) await this.page.keyboard.press(' ')
    assert.deepEqual(await state(), [value, true], name)
  }

  /** Opens the details that hide the control. */
  async unfold (selector) {
    for (;;) {
      const place = await this.page.evaluate(selector => {
        const control = document.querySelector(selector)
        const folded = [...document.querySelectorAll('details:not([open])')].find(folded => folded.contains(control))
        return [...document.querySelectorAll('summary')].indexOf(folded?.querySelector('summary'))
      }, selector)
      if (place < 0) return
      await this.tab(place => document.activeElement === document.querySelectorAll('summary')[place], place, await this.approach(selector, true))
      await this.page.keyboard.press('Enter')
    }
  }

  /** Holds the key down until it has repeated so often: a third of the time of as many presses. */
  async hold (key, times) {
    const { keyboard } = this.page
    const [letter, ...others] = key.split('+').reverse()
    for (const other of others) await keyboard.down(other)
    await Promise.all(Array.from({ length: Math.max(times, 0) }, () => keyboard.down(letter)))
    for (const each of [letter, ...others]) await keyboard.up(each)
  }

  /** Goes most of the way to the control, or to what hides it; the key for the rest. */
  async approach (selector, hidden = false) {
    if (!this.shorter) return 'Tab'
    const { count, back } = await this.page.evaluate(presses, [selector, hidden])
    const key = back ? 'Shift+Tab' : 'Tab'
    await this.hold(key, count - 1)
    return key
  }

  async tab (what, argument = what, key = 'Tab') {
    const there = typeof what === 'function' ? what : selector => document.activeElement?.matches(selector)
    for (let i = 0; i < most; i++) {
      // It may have come with the page.
      if (i > 0) await this.page.keyboard.press(key)
      if (!await this.page.evaluate(there, argument)) continue
      let seen = await this.focus()
      // The screen follows with the next frame. On a busy machine Firefox's window may have lost the focus itself, and no ring shows.
      for (let i = 0; i < 150 && !(seen.inSight && seen.shows); i++, seen = await this.focus()) {
        if (!seen.shows && i % 10 === 5) await this.page.bringToFront?.()
        await wait(20)
      }
      assert.deepEqual(seen, { shows: true, inSight: true }, `the focus at ${argument}`)
      return
    }
    assert.fail(`the keyboard does not reach ${argument}`)
  }

  /** Whether the element with the focus, or its label, has a ring and is on the screen. */
  focus () {
    return this.page.evaluate(() => {
      const node = document.activeElement
      const box = node.getBoundingClientRect()
      const ring = [node, ...node.labels ?? []].some(one => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one)
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
      })
      return { shows: ring, inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth }
    })
  }
}
