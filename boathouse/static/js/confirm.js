// Asks before something is lost. The button says what will happen.

function make(question, verb, kind) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.setAttribute("aria-label", question);
  const text = Object.assign(document.createElement("p"), { textContent: question });
  const choices = Object.assign(document.createElement("div"), { className: "confirm__acts" });
  const choice = (label, className, value) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className, textContent: label });
    button.addEventListener("click", () => dialog.close(value));
    return button;
  };
  choices.append(choice("Not now", "btn btn--plain", ""), choice(verb, `btn btn--${kind}`, "yes"));
  dialog.append(text, choices);
  return dialog;
}

/** Ask a question; resolves to true when the person chose the verb. */
export function ask(question, verb = "Go on", kind = "primary") {
  const dialog = make(question, verb, kind);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

async function confirmRequest(event) {
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  const { confirmVerb, confirmKind } = ctx.sourceElement.dataset;
  const verb = confirmVerb ?? ctx.sourceElement.textContent.trim();
  if (await ask(ctx.confirm, verb || undefined, confirmKind)) issueRequest();
  else dropRequest();
}

/** Replace the browser's own confirm window for `hx-confirm`. */
export const startConfirm = () => document.addEventListener("htmx:confirm", confirmRequest);
