// The room page: a draft that many people write at once.
import * as Y from "yjs";
import { Ledger } from "./acknowledged.js";
import { handOverAll, someWait, startAdding } from "./adding.js";
import { onArrive } from "./arrive.js";
import { startBank } from "./bank.js";
import { measureBar } from "./bar.js";
import { startComposer } from "./composer.js";
import { keepCopy } from "./copy-here.js";
import { connect } from "./document.js";
import { Fields } from "./fields.js";
import { startFocus } from "./focus.js";
import { startGrowing } from "./grow.js";
import { startItemOrder } from "./item-order.js";
import { startKept } from "./kept.js";
import { warnOnLeaving } from "./leaving.js";
import { startLimit } from "./limit.js";
import { setLine } from "./line.js";
import { settleOlderCopies } from "./older-copies.js";
import { tellMove } from "./moved.js";
import { startPens } from "./pens.js";
import { startPins } from "./pins.js";
import { startRemoved } from "./removed.js";
import { startQuietQuestions } from "./quiet.js";
import { Refusals } from "./refusals.js";
import { startSaved } from "./saved.js";
import { startShortcuts } from "./shortcuts.js";
import { startWriting } from "./writing.js";

const FIRST_SYNC = 400; // ms in which the server's words are preferred to the copy in this browser

function startWords(main) {
  const { room, generation, writes } = main.dataset;
  const doc = new Y.Doc();
  const writer = writes === "yes";
  const copy = writer ? keepCopy(doc, room, generation) : null;
  const ledger = writer ? new Ledger({ onChange: () => showSaved() }) : null;
  const provider = connect(doc, { room, generation, ledger });
  const refusals = new Refusals(provider, { doc, ledger, copy, onChange: () => refresh() });
  const wrote = writer ? startWriting(provider.awareness) : null;
  const fields = new Fields(doc, {
    mayWrite: () => writer && !refusals.closed,
    onWrite: (name) => {
      ledger.wrote(name);
      wrote(name);
    },
  });
  const showSaved = writer ? startSaved(() => facts({ provider, ledger, copy, refusals })) : () => {};
  function refresh() {
    fields.scan(document.body);
    handOverAll();
    showSaved();
  }
  onArrive(() => refusals.look());
  provider.on("status", ({ status }) => {
    if (status !== "connecting") setLine("document", status === "connected");
    showSaved();
  });
  const open = () => {
    fields.open();
    handOverAll();
  };
  provider.once("sync", open);
  copy?.loaded.then((hasWords) => hasWords && setTimeout(() => fields.isOpen || open(), FIRST_SYNC));
  startPens(provider.awareness);
  startRemoved(refresh);
  if (writer) warnOnLeaving(() => someWait() || (!ledger.isSaved && ledger.changes > 0 && !copy.isWritten));
  if (writer) settleOlderCopies(room, generation);
}

/** What the sign of saving is made from. */
function facts({ provider, ledger, copy, refusals }) {
  const { isSaved: saved, changes, unsavedSince } = ledger;
  const waiting = unsavedSince === null ? 0 : Date.now() - unsavedSince;
  return { up: provider.wsconnected, saved, changes, keeps: copy.works, refused: refusals.locked && !saved, ended: refusals.ended, waiting };
}

const main = document.querySelector("[data-room]");
if (main) {
  startKept();
  startWords(main);
  startLimit();
  startGrowing();
  startComposer();
  startBank();
  startPins();
  startFocus();
  startAdding();
  startItemOrder();
  startShortcuts();
  startQuietQuestions();
  tellMove();
  measureBar();
}
