// The official client, driven from outside: options in the first argument, calls as JSON lines on standard input,
// and all that it is told as JSON lines on standard output.
import { createInterface } from "node:readline";
import { HubConnectionBuilder, HttpTransportType, LogLevel } from "@microsoft/signalr";

const options = JSON.parse(process.argv[2]);
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const http = {
  transport: HttpTransportType[options.transport],
  skipNegotiation: options.skipNegotiation ?? false,
  ...(options.token ? { accessTokenFactory: () => options.token } : {}),
};
let builder = new HubConnectionBuilder()
  .withUrl(options.url, http)
  .configureLogging({ log: (level, text) => level >= LogLevel.Warning && say({ log: text }) });
if (options.reconnect) builder = builder.withAutomaticReconnect(options.reconnect);
if (options.stateful) builder = builder.withStatefulReconnect();

const connection = builder.build();
if (options.serverTimeout) connection.serverTimeoutInMilliseconds = options.serverTimeout;
for (const name of options.events) connection.on(name, (...told) => void say({ event: name, arguments: told }));
connection.onreconnecting(() => say({ state: "reconnecting" }));
connection.onreconnected(() => say({ state: "reconnected" }));
connection.onclose((error) => say({ state: "closed", error: error?.message ?? null }));

try {
  await connection.start();
  say({ state: "connected" });
} catch (error) {
  say({ state: "failed", error: error.message });
  process.exit(0);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [how, target, ...given] = JSON.parse(line);
  try {
    if (how === "stop") break;
    if (how === "stream") {
      connection.stream(target, ...given).subscribe({
        next: (item) => say({ item }),
        complete: () => say({ result: null }),
        error: (error) => say({ error: error.message }),
      });
    } else say({ result: (await connection[how](target, ...given)) ?? null });
  } catch (error) {
    say({ error: error.message });
  }
}
await connection.stop();
say({ state: "stopped" });
