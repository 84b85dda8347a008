// What is there on a page: these functions run inside the page, so each stands alone.

/** Links, forms and folds that can be seen, what stands in fields, and what the invariants ask for. */
export function look () {
  const words = text => (text ?? '').replace(/\s+/g, ' ').trim()
  const controls = [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
  const place = new Map(controls.map((node, at) => [node, at]))
  const name = node => words(node.getAttribute('aria-label') || node.innerText || node.textContent || node.value)
  const beside = node => words((node.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' '))
  const shown = node => node.checkVisibility({ visibilityProperty: true })
  const where = node => node.closest('header, nav, footer') ? 'frame' : 'main'
  /** The closed fold that hides it. */
  const fold = node => {
    const details = node.closest('details:not([open])')
    const summary = details?.querySelector(':scope > summary')
    return summary && summary !== node && shown(summary) ? { at: place.get(summary), text: name(summary) } : undefined
  }
  const field = node => ({
    at: place.get(node),
    name: node.name,
    type: node.localName === 'input' ? node.type : node.localName,
    label: words(node.labels?.[0]?.innerText ?? node.getAttribute('aria-label')),
    value: node.value,
    checked: node.checked === true,
    autocomplete: node.autocomplete,
    inputMode: node.inputMode,
    required: node.required,
    most: node.maxLength,
    min: node.min,
    max: node.max,
    fixed: node.readOnly === true || node.disabled,
    shown: shown(node) || (node.labels?.[0] !== undefined && shown(node.labels[0])),
    options: node.localName === 'select' ? [...node.options].filter(option => !option.disabled).map(option => option.value) : undefined
  })
  const buttonOf = node => ({ at: place.get(node), text: name(node), beside: beside(node), value: node.value, free: node.formNoValidate })
  const forms = [...document.forms].map((form, at) => {
    const inside = [...form.elements].filter(node => place.has(node))
    const isButton = node => node.localName === 'button' || ['submit', 'image'].includes(node.type)
    return {
      at,
      address: new URL(form.getAttribute('action') || location.href, location.href).href,
      method: form.method,
      where: where(form),
      fold: fold(form),
      shown: shown(form),
      buttons: inside.filter(isButton).map(buttonOf),
      fields: inside.filter(node => !isButton(node) && node.type !== 'hidden').map(field)
    }
  })
  // What leads out of the service, or to a telephone, is a way on that nobody here takes.
  const links = [...document.querySelectorAll('a[href]')].filter(node => shown(node) && node.origin === location.origin)
    .map(node => ({ at: place.get(node), text: name(node), address: node.href, where: where(node), lang: node.hreflang, within: node.hash !== '' && node.href.split('#')[0] === location.href.split('#')[0] }))
  const folds = [...document.querySelectorAll('summary')].filter(shown).map(node => ({ at: place.get(node), text: name(node), open: node.parentNode.open }))
  const active = document.activeElement
  // What differs only in names, dates and numbers, or in how often it is repeated, has one shape.
  const shape = new Set([...document.querySelectorAll('body *')].map(node => {
    const own = node => `${node.localName}.${node.className?.baseVal ?? node.className}`
    return `${own(node.parentNode)}>${own(node)}${[...node.attributes].map(a => a.name).filter(a => !/^(href|id|value|for|class)$/.test(a)).sort().join(',')}`
  }))
  return {
    address: location.href,
    title: document.title,
    lang: document.documentElement.lang,
    heading: words(document.querySelector('h1')?.innerText),
    text: document.body?.innerText ?? '',
    html: document.doctype !== null && document.contentType === 'text/html',
    forms,
    alone: controls.filter(node => !node.form && ['input', 'textarea'].includes(node.localName)).map(field),
    links,
    folds,
    ways: links.length + forms.filter(form => form.shown && form.buttons.length > 0).length,
    focus: { tag: active?.localName, id: active?.id, invalid: active?.matches('[aria-invalid=true], [aria-invalid=true] *') === true, alert: active?.matches('[role=alert], [role=alert] *') === true },
    faults: document.querySelectorAll('[aria-invalid=true], .fault, [role=alert]:not([hidden])').length,
    alert: words([...document.querySelectorAll('.notice, [role=alert]:not([hidden]), main > p')].map(node => node.innerText).join(' ')),
    counts: words(document.querySelector('#counts [role=status]')?.innerText) || undefined,
    rows: [...document.querySelectorAll('li[id^=row-case-]')].map(row => ({ ref: row.id.slice(-13), mine: row.querySelector('a[href^="tel:"]') !== null, free: row.querySelector('form[action$="/claim"]') !== null })),
    wide: document.documentElement.scrollWidth - window.innerWidth,
    shape: [...shape].sort().join(' ')
  }
}

/** Puts a control in view and says where a finger would press it, and whether it would hit it. */
export function aim (at) {
  const node = document.querySelectorAll('a[href], button, summary, input, select, textarea')[at]
  if (!node) return undefined
  node.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
  const box = [...node.getClientRects()].find(({ width, height }) => width > 0 && height > 0)
  if (!box) return undefined
  const [x, y] = [box.left + Math.min(box.width / 2, 120), box.top + box.height / 2]
  const hit = document.elementFromPoint(x, y)
  return { x, y, hit: hit !== null && (node.contains(hit) || hit.contains(node)), valid: !node.form || node.form.noValidate || node.formNoValidate || node.form.checkValidity() }
}

/** Types and chooses, as [{ at, value, checked }]. */
export function fill (entries) {
  const all = document.querySelectorAll('a[href], button, summary, input, select, textarea')
  for (const { at, value, checked } of entries) {
    const node = all[at]
    if (checked !== undefined) node.checked = checked
    else node.value = value
    for (const kind of ['input', 'change']) node.dispatchEvent(new Event(kind, { bubbles: true }))
  }
}

/** What stands in the fields that a person can see, hidden ones left out. */
export function standing () {
  return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].map(node => ({
    name: node.name, type: node.localName === 'input' ? node.type : node.localName, value: node.value, checked: node.checked === true
  }))
}
