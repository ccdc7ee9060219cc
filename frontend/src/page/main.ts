// The page: the dashboard over the relay that served it.

import { browserMemory } from "../data/memory.ts";
import { Model } from "../data/model.ts";
import { RelaySource } from "../data/relay-source.ts";
import { language, speak } from "../text/language.ts";
import { LoginForm } from "./login-form.ts";
import { Page } from "./page.ts";

await speak(navigator.languages);
document.documentElement.lang = language();
const page = new Page();
page.model = new Model(new RelaySource(document.baseURI), browserMemory);
const login = new LoginForm();
login.model = page.model;
document.body.append(page, login);
page.model.start();
