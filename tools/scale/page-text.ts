/** `docs/scale.md` but for its figures. */
export const PAGE = `# Scale and cost

What monitors on \`serverless()\` cost, how soon they tell, and which quota they meet first. Written by \`npm run scale -- --write\`; a test holds that it is current. \`npx cdk-sagemaker-monitoring cost --assembly cdk.out --requests-per-second 100\`
computes the same for your synthesized app, and prints below each line what it is the sum of.

**Computed, not measured**: what runs ask of AWS was counted by simulation of synthesized apps; times, sizes and prices are assumptions, which stand below. Captured data, endpoints that clients ask and trainings are not in it: keeping 1.75 GB an hour for a month
costs 29, whoever reads them.

## What runs ask of AWS

Solved from rehearsed hours of 4, 8, 400 and 800 captured objects, and of longer windows; another hour, of three kinds at once, comes to what these figures say, to the last request. An item is a group of objects that one function reads: at most 256 MiB, and some 370 objects; one that is alone [needs no Map](decisions/0043-an-item-alone-needs-no-map.md). S3
answers a listing with 1,000 objects at most: three further listings for each thousand of an hour. The first run of a day looks for [what came late](captured-data.md#files-over-the-full-hour) in two days: a listing more, and one for each thousand of their objects. Of monitors of the same data one reads, and the others find [what it has left](captured-data.md#extracts).

{counts}

## A month

20 endpoints in a stack; US dollars at list prices of us-east-1 of {collected}, free tiers left out, on x86. Assumed are

- an object a minute from each instance, which serves 100 requests a second, and 486 bytes a record; a label of 137 bytes for each record, in 12 objects an hour, within the hour;
- *profile* takes 3 to 7.5 seconds for a gigabyte of columns, 1.2 to 3 more for each kind that meets labels, 3 to 7.5 of labels, and 20 to 50 for a sample of rows that a model is asked about; a million predictions meet their labels in 1.3 to 3.3 seconds: [as measured](benchmark.md), up to two and a half times that, since nobody says which processor a function gets. Other calls take a second;
- extracts of 0.6 MB for an item and hour for 90 days, and of 68 bytes for a record and its label for three; reports of 0.3 MB for a year; 1.2 kB of logs for a call;
- a model of twenty numbers is asked about 100 records by the defaults, 0.1 seconds a request, on a serverless endpoint of 2 GiB.

One hourly monitor of data quality for each endpoint:

| what | requests a second, each | metrics | alarms | Lambda | Step Functions | requests to S3 | storage | sum | an endpoint | on Model Monitor, an endpoint |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{one}

All four kinds, hourly, and attributions once a day:

| what | requests a second, each | metrics | alarms | Lambda | Step Functions | requests to S3 | storage | sum | an endpoint | on Model Monitor, an endpoint |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{all}

Metrics are the most of it for small endpoints: CloudWatch bills each by the hours in which it is published, the first 10,000 of an account at 0.30, and those up to 250,000 at 0.10. On Model Monitor each run is a job of 10 to 15 billed minutes on ml.m5.xlarge, and more where windows are large; jobs that merge labels are not counted.

What is asked for beside that: each metric of a feature, \`ConceptDrift\`, \`ModelDecay\` and \`VariantDifferences\` of a monitor is a metric more, {metric} for hourly runs. A \`TrainingWatch\` that looks every 15 minutes is {watch} a month, and a metric that it looks at {read} for each month that a training job is under way.

What is aimed at, and what these figures come to, for all four kinds and the upper ends of ranges:

| what | at most | computed | |
|---|---:|---:|---|
{bars}

What of this stays however a window is analysed, by one function or by a Map, upper ends of ranges, dollars a month for each endpoint: what is published, watched, kept and asked, and the seconds of functions that read, ask and draw, without any that a call takes beside that, without requests to S3 and without transitions.

| what | at most | metrics and alarms | storage | models asked, events, calls | functions | sum |
|---|---:|---:|---:|---:|---:|---:|
{least}

## Whose cost it is

What costs something for one monitor alone has a tag, \`cdk-sagemaker-monitoring:monitor\`, with its id, or with that of the \`ModelMonitoring\` whose monitors share it. A bill is divided by it as soon as the tag is an active cost allocation tag, in the account that pays:

\`\`\`sh
aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=cdk-sagemaker-monitoring:monitor,Status=Active
\`\`\`

| what | tagged |
|---|---|
| alarms on drift and on health | yes |
| the endpoint of a monitor of attributions at which it asks its model | yes |
| Model Monitor: schedules, job definitions, processing jobs of baselines | yes. Whether the jobs of a schedule get its tags, no source says |
| functions, state machine, their logs, buckets, requests to S3 | no: the monitors of a stack share them, and a bill has no smaller part than a function or a bucket. Divide stacks, or divide by what \`cost\` computes for each part |
| metrics, events, starts by schedules | no: [of CloudWatch only alarms and rules](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html) have tags, of EventBridge Scheduler [only groups](https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html) |

A tag of your own on all of a stack (\`Tags.of(stack).add(...)\`) is on the shared ones, too; with the same key it takes the place of this one.

## Time and quotas

Of all four kinds, in the hour in which attributions are made of all endpoints. Minutes from a window's end to its alarm at most: four of settle time, three over which starts are spread, the run, and two evaluations of the alarm. Quotas are those of an account in us-east-1 without a raise; hard ones are raised for nobody.

| what | requests a second, each | minutes to the last alarm | nearest quota | next | then |
|---|---:|---:|---|---|---|
{quotas}

Where a share is above 100 %, raise the quota, or divide the endpoints among accounts: runs beyond it wait or are tried again for some minutes, and what does not end within its hour is told as missed.

The runs of a stack's monitors read 50 groups of objects at the same time, all together: \`maxConcurrency\` of \`StackResources\`, which is [divided among them](decisions/0061-concurrency-is-divided-at-synthesis.md) and reserves nothing of the account's pool. Of more than 50 monitors each reads one group at a time. A function for which there is no capacity
is asked again for up to 16 minutes.

## Prices

Of us-east-1, in US dollars, collected on {collected} from price lists; by the request, the GB-second, the month of a metric or alarm, the gigabyte, the hour of an instance.

| price | |
|---|---:|
{prices}
`;
