// Debian's Firefox ESR for a test, driven by WebDriver BiDi.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'

export async function launchFirefox ({ languages }) {
  // Firefox as root refuses a home folder of another user.
  const home = mkdtempSync(join(tmpdir(), 'egenremiss-firefox-'))
  const browser = await puppeteer.launch({
    browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, acceptInsecureCerts: true,
    env: { ...process.env, HOME: home }, networkEnabled: false,
    // Drawing still pages sixty times a second would take too much processor time.
    extraPrefsFirefox: { 'intl.accept_languages': languages, 'layout.frame_rate': 10, 'general.smoothScroll': false },
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false
  })
  return {
    async newPage () {
      // Of the page that is there at the start no element ever matches :focus, and on a
      // busy machine one that was in front may no longer be after the next address.
      const page = await browser.newPage()
      const goto = page.goto.bind(page)
      page.goto = async (...args) => {
        await goto(...args)
        await page.bringToFront()
      }
      await page.bringToFront()
      return page
    },
    async close () {
      await browser.close()
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    }
  }
}
