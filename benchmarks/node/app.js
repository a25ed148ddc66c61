// What a user would write today: sqs-consumer with batches, and RunTask for each message. What was
// run is deleted, the rest comes again.
import { ECSClient, RunTaskCommand } from "@aws-sdk/client-ecs";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";

const env = process.env;
const settings = {
  region: env.AWS_REGION,
  endpoint: env.AWS_ENDPOINT_URL,
  credentials: { accessKeyId: env.AWS_ACCESS_KEY, secretAccessKey: env.AWS_SECRET_KEY },
};
const ecs = new ECSClient(settings);

async function launch(message) {
  const scan = JSON.parse(message.Body);
  await ecs.send(
    new RunTaskCommand({
      cluster: env.CLUSTER_NAME,
      taskDefinition: env.TASK_DEFINITION_SONAR,
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [env.SUBNETS], assignPublicIp: "DISABLED" },
      },
      startedBy: `scan/${scan.scanId}/sonar`,
      overrides: {
        containerOverrides: [
          {
            name: env.CONTAINER_SONAR,
            environment: [
              { name: "SCAN_ID", value: scan.scanId },
              { name: "SCAN_PROJECT_KEY", value: scan.project.key },
              { name: "SCAN_TARGET_URL", value: scan.target.url },
            ],
          },
        ],
      },
    }),
  );
  return message;
}

const consumer = Consumer.create({
  queueUrl: env.CONSUMER_QUEUE_URL,
  sqs: new SQSClient(settings),
  batchSize: 10,
  handleMessageBatch: async (messages) => {
    const results = await Promise.allSettled(messages.map(launch));
    results.filter((it) => it.status === "rejected").forEach((it) => console.error(it.reason));
    return results.filter((it) => it.status === "fulfilled").map((it) => it.value);
  },
});
consumer.on("error", (error) => console.error(error.message));
consumer.start();

process.on("SIGTERM", () => consumer.stop());
