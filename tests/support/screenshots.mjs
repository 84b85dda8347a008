// Takes the three screenshots of README.md into assets/image/: make screenshots.
// The service, its clock, code and cases are fixed, so that a run shows a change of a page and nothing else.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { enter, launch, open } from './browser.mjs'
import { right, root, startService } from './service.mjs'
import { sendCase, signedIn } from './staff.mjs'

const host = 'https://unga.example'
const code = 'DSHEBM'

/** Makes cases on three days: Today then shows a late one, one that is due today, and one that the coordinator holds. */
async function fill (service) {
  const send = fields => sendCase(service, fields)
  await send({ ...right.self, age: '20-24' })
  service.clock.set('2027-01-12T09:05+01:00')
  const [relative, self] = [await send(right.relative), await send({ ...right.self, name: 'Deniz', when: 'morning' })]
  await send(right.professional)
  const anna = await signedIn(service, service.coordinator)
  await anna.act(relative, 'claim')
  await anna.act(relative, 'attempt', { result: 'no-answer' })
  service.clock.set('2027-01-13T09:40+01:00')
  await send({ ...right.self, name: 'Elsa', age: '25-29', speak: 'so', when: 'afternoon' })
  await (await signedIn(service, service.coordinator)).act(self, 'claim')
}

/** Returns the bytes of a WebP image, which Chromium writes itself: what the window shows, or the whole of `area`. */
async function taken (page, area = { x: 0, y: 0, ...page.viewportSize(), scale: 1 }) {
  const devtools = await page.context().newCDPSession(page)
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80, clip: area, captureBeyondViewport: true })
  return Buffer.from(data, 'base64')
}

/** The whole pixels of an element. */
async function inside (element) {
  const { x, y, width, height } = await element.boundingBox()
  return { x: Math.ceil(x), y: Math.ceil(y), width: Math.floor(width) - 1, height: Math.floor(height) - 1 }
}

const [service, browser] = await Promise.all([
  startService({ clock: '2027-01-08T08:30+01:00', env: { EGENREMISS_URL: host } }), launch()
])
const keep = async (name, page, area) => {
  const bytes = await taken(page, area)
  writeFileSync(join(root, 'assets/image', name), bytes)
  console.log(`assets/image/${name}: ${bytes.length} bytes`)
}
try {
  service.change(`INSERT INTO codes (code, area, channel, place, created_at) VALUES ('${code}', '1781', 'health', 'Vårdcentralen', 0)`)
  const phone = await open(browser)
  await phone.goto(`${service.url}/kristinehamn`)
  await keep('form.webp', phone)
  await fill(service)
  const desk = await enter(browser, service, service.coordinator, { width: 1280 })
  await keep('queue.webp', desk)
  const lead = await enter(browser, service, service.lead, { width: 1280 })
  await lead.goto(`${service.url}/staff/brochures/print?code=${code}&kind=poster&language=sv`)
  await keep('brochure.webp', lead, { ...await inside(lead.locator('.page')), scale: 0.6 })
} finally {
  await browser.close()
  await service.stop()
}
