// Somebody without a mouse: Tab, Enter and letters. What cannot be reached, or
// is reached without being seen, fails the test.
import assert from 'node:assert/strict'

const most = 250	// steps by Tab before a control counts as out of reach

export class Keyboard {
  constructor (page) { this.page = page }

  /** Tab until that control has the focus, which then is in sight and shows itself (WCAG 2.4.7, 2.4.11). */
  async reach (selector) {
    await this.unfold(selector)
    await this.tab(selector)
  }

  async press (selector, key = 'Enter') {
    await this.reach(selector)
    await this.page.keyboard.press(key)
  }

  async write (selector, text) {
    await this.reach(selector)
    await this.page.keyboard.type(text)
  }

  /** By the arrow keys, as far down the list as it stands. */
  async choose (selector, value) {
    await this.reach(selector)
    const steps = await this.page.evaluate(([selector, value]) => {
      const select = document.querySelector(selector)
      return [...select.options].filter(option => !option.disabled).findIndex(option => option.value === value) - select.selectedIndex
    }, [selector, value])
    for (let i = 0; i < Math.abs(steps); i++) await this.page.keyboard.press(steps < 0 ? 'ArrowUp' : 'ArrowDown')
    assert.equal(await this.page.inputValue(selector), value)
  }

  /** Opens what that control is folded into, if it is. */
  async unfold (selector) {
    const folded = this.page.locator('details:not([open])').filter({ has: this.page.locator(selector) }).locator('> summary')
    if (await folded.count() === 0) return
    const name = await folded.first().textContent()
    await this.tab(summary => document.activeElement?.matches('summary') && document.activeElement.textContent === summary, name)
    await this.page.keyboard.press('Enter')
  }

  async tab (what, argument = what) {
    const there = typeof what === 'function' ? what : selector => document.activeElement?.matches(selector)
    for (let i = 0; i < most; i++) {
      await this.page.keyboard.press('Tab')
      if (!await this.page.evaluate(there, argument)) continue
      const seen = await this.page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect()
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
        return { shows: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth }
      })
      assert.deepEqual(seen, { shows: true, inSight: true }, `the focus at ${argument}`)
      return
    }
    assert.fail(`the keyboard does not reach ${argument}`)
  }
}
