// Prints what the validator has to say of each template that is named, and exits with 1 if there is
// anything.
const { CelEngine, TemplateFile } = require("@aws/cloudformation-validate");

// Says that a parameter is a password; ours with "Secret" in their names are the ARNs of some.
const exclude = { ids: ["W2509"] };

// Without a topic the alarms are checked as if they went to the topic "". Sizes one by one, since
// else every size's processors are held against every size's memory.
const parameters = ["small", "medium", "large", "xlarge"].map((Size) => ({
  AlarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms",
  Size,
}));

const found = new Set();
const engine = new CelEngine();
for (const file of process.argv.slice(2)) {
  for (const parameterOverrides of parameters) {
    const config = { severityLevel: "WARN", exclude, parameterOverrides };
    for (const it of engine.validateStandard(new TemplateFile(file), config).diagnostics) {
      found.add(`${file}: ${it.severity} ${it.ruleId} ${it.message} (${it.propertyPath ?? ""})`);
    }
  }
}
engine.free();
found.forEach((line) => console.log(line));
process.exit(found.size === 0 ? 0 : 1);
