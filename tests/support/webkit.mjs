// WebKitGTK for a test, driven by WebDriver. It has those functions of puppeteer's page that the
// tests of engines use, so that each test is written once. Each page is a browser of its own;
// tests/support/webkit.py makes the window.
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { freePort, wait } from './service.mjs'

const keys = {
  Tab: '\uE004', Enter: '\uE007', ArrowUp: '\uE013', ArrowDown: '\uE015', ArrowLeft: '\uE012', ArrowRight: '\uE014',
  Home: '\uE011', End: '\uE010', Escape: '\uE00C', Backspace: '\uE003', Shift: '\uE008', Control: '\uE009'
}

/** Sends one command; fails with the driver's message. */
const tell = (port, method, path, body) => new Promise((resolve, reject) => {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const sent = request({ port, host: '127.0.0.1', method, path, headers: text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } }, answer => {
    let heard = ''
    answer.setEncoding('utf8').on('data', part => { heard += part }).on('end', () => {
      const { value } = JSON.parse(heard || '{"value":null}')
      if (answer.statusCode === 200) resolve(value)
      else reject(new Error(`WebKit: ${method} ${path}: ${value?.error}: ${value?.message}`))
    })
  })
  sent.setTimeout(20000, () => sent.destroy(new Error(`WebKit does not answer to ${method} ${path}`)))
  sent.on('error', reject)
  sent.end(text)
})

class Page {
  constructor (port, session) {
    this.command = (method, path, body) => tell(port, method, `/session/${session}${path}`, body)
    this.keyboard = { press: key => this.strike([keys[key] ?? key]), type: text => this.strike([...text]) }
  }

  goto (url) { return this.command('POST', '/url', { url }) }
  goBack () { return this.command('POST', '/back', {}) }
  goForward () { return this.command('POST', '/forward', {}) }
  reload () { return this.command('POST', '/refresh', {}) }
  url () { return this.command('GET', '/url') }

  evaluate (does, ...args) {
    return this.command('POST', '/execute/sync', { script: `return (${does})(...arguments)`, args })
  }

  setViewport ({ width, height }) { return this.command('POST', '/window/rect', { x: 0, y: 0, width, height }) }

  strike (struck) {
    const actions = struck.flatMap(value => [{ type: 'keyDown', value }, { type: 'keyUp', value }])
    return this.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
  }

  close () { return this.command('DELETE', '', undefined) }
}

/** Starts a process in a group of its own, so that its children end with it. */
function launched (program, args, options) {
  const child = spawn(program, args, { detached: true, ...options })
  const end = () => { try { process.kill(-child.pid, 'SIGKILL') } catch {} }
  process.once('exit', end)
  return { child, end }
}

/** Starts a virtual screen, and returns its number. */
async function screen () {
  const { child, end } = launched('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].setEncoding('utf8').once('data', text => resolve(text.trim()))
    child.once('error', reject)
    child.once('exit', () => reject(new Error('Xvfb ended')))
  })
  return { display: `:${number}`, end }
}

export async function launchWebKit ({ languages }) {
  const { display, end: darken } = await screen()
  const port = await freePort()
  const { end } = launched('WebKitWebDriver', ['-p', port], {
    stdio: 'ignore',
    // No bus of a desktop, no graphics card, no assistive technology stands behind this screen.
    env: { ...process.env, DISPLAY: display, NO_AT_BRIDGE: '1', GTK_A11Y: 'none', GSETTINGS_BACKEND: 'memory', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' }
  })
  const close = () => { end(); darken() }
  for (let i = 0; !await tell(port, 'GET', '/status').then(() => true, () => false); i++) {
    if (i === 200) {
      close()
      throw new Error('WebKitWebDriver does not answer')
    }
    await wait(25)
  }
  return {
    async newPage () {
      const { sessionId } = await tell(port, 'POST', '/session', { capabilities: { alwaysMatch: {
        acceptInsecureCerts: true, pageLoadStrategy: 'normal',
        'webkitgtk:browserOptions': { binary: fileURLToPath(new URL('webkit.py', import.meta.url)), args: [languages] }
      } } })
      return new Page(port, sessionId)
    },
    close
  }
}
