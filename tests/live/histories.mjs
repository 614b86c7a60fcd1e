// Random histories of stock Yjs clients (npm yjs and y-websocket): several people type, delete, go offline
// and return. Prints, for each room, what every one of them has in the end.
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"

const [modules] = process.argv.slice(2)
const resolve = createRequire(modules + "/package.json").resolve
const load = async (name) => import(pathToFileURL(resolve(name)))
const Y = await load("yjs")
process.setMaxListeners(0)
const { WebsocketProvider } = await load("y-websocket")

const plan = JSON.parse(await new Response(process.stdin).text())
const WORDS = ["harbour ", "🚣‍♀️", "مرحبا ", "e\u0301", "👨‍👩‍👧‍👦", "Grüße ", "a", " "]

function chanceFrom(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

// Between two code points, as every text field of a browser: half a surrogate pair is no letter.
function places(text) {
  let at = 0
  return [0, ...Array.from(text.toString(), (letter) => (at += letter.length))]
}

function step(doc, provider, fields, chance) {
  const text = doc.getText(fields[chance(fields.length)])
  const between = places(text)
  const kind = chance(10)
  if (kind < 6) text.insert(between[chance(between.length)], WORDS[chance(WORDS.length)])
  else if (kind < 9 && text.length) {
    const from = chance(between.length - 1)
    const to = Math.min(from + 1 + chance(4), between.length - 1)
    text.delete(between[from], between[to] - between[from])
  } else if (provider.shouldConnect) provider.disconnect()
  else provider.connect()
}

async function until(holds) {
  for (let turn = 0; turn < 1500; turn++) {
    if (holds()) return
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error("never converged")
}

const view = (doc, fields) => JSON.stringify(fields.map((field) => doc.getText(field).toString()))
const vector = (doc) => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort((a, b) => a[0] - b[0]))

async function history({ address, tokens, fields, seed, steps }) {
  const chance = chanceFrom(seed)
  const crew = tokens.map((token) => {
    const doc = new Y.Doc()
    const options = { params: { token }, disableBc: true, maxBackoffTime: 50 }
    return { doc, provider: new WebsocketProvider(address, "doc", doc, options) }
  })
  for (let turn = 0; turn < steps; turn++) {
    const { doc, provider } = crew[chance(crew.length)]
    step(doc, provider, fields, chance)
    if (chance(4) === 0) await new Promise((done) => setTimeout(done, chance(5)))
  }
  crew.forEach(({ provider }) => provider.connect())
  const same = (of) => new Set(crew.map(({ doc }) => of(doc, fields))).size === 1
  await until(() => crew.every(({ provider }) => provider.synced) && same(view) && same(vector))
  const found = fields.map((field) => crew[0].doc.getText(field).toString())
  crew.forEach(({ provider, doc }) => (provider.destroy(), doc.destroy()))
  return found
}

const found = []
for (let at = 0; at < plan.length; at += 10) {
  found.push(...(await Promise.all(plan.slice(at, at + 10).map(history))))
}
console.log(JSON.stringify(found))
process.exit(0)
