// The control API of telephony/simulator/control.py. Every call resolves to JSON or rejects with words for people.

async function call(method, path, body) {
  const answer = await fetch(`/simulator${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  if (answer.status === 204) return null;
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error);
  return found;
}

const phone = (number) => encodeURIComponent(number);

export const readState = () => call("GET", "/state");
export const readExamples = () => call("GET", "/examples");
export const readConversation = (number) => call("GET", `/conversations/${phone(number)}`);
export const sendText = (from, body) => call("POST", "/texts", { from, body });
export const addHandset = (number, label) => call("POST", "/handsets", { number, label });
export const changeHandset = (number, changes) => call("PATCH", `/handsets/${phone(number)}`, changes);
export const removeHandset = (number) => call("DELETE", `/handsets/${phone(number)}`);
export const switchFault = (fault, on, number) => call("PUT", "/faults", { fault, on, number });
export const clearDebugger = () => call("DELETE", "/debugger");
export const placeCall = (from) => call("POST", "/calls", { from });
export const readCall = (number) => call("GET", `/handsets/${phone(number)}/call`);
// act: answer, decline, hangup; keys with { digits }; speech with { text }
export const actOnCall = (sid, act, body = {}) => call("POST", `/calls/${sid}/${act}`, body);

// handlers: event kind -> function of its data; "open" is called at the start and after each reconnection.
export function listen(handlers) {
  const source = new EventSource("/simulator/events");
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(event.data ? JSON.parse(event.data) : null));
  }
}
