"""The first app of the README in Python."""

import aws_cdk as cdk
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from cdk_sagemaker_monitoring import (
    Baseline,
    DataCapture,
    Dataset,
    Endpoint,
    InstanceType,
    Model,
    ModelData,
    ModelImage,
    ModelMonitoring,
    MonitoredData,
    ProductionVariant,
    RetrainingTrigger,
)

app = cdk.App()
stack = cdk.Stack(app, "Churn")
bucket = s3.Bucket(stack, "Bucket", enforce_ssl=True)

model = Model(
    stack,
    "Model",
    image=ModelImage.from_ecr_repository(ecr.Repository.from_repository_name(stack, "Image", "churn"), "1.0"),
    model_data=ModelData.from_bucket(bucket, "models/churn/model.tar.gz"),
)
endpoint = Endpoint(
    stack,
    "Endpoint",
    variants=[ProductionVariant.instances("live", model=model, instance_type=InstanceType.of("ml.m5.large"))],
    data_capture=DataCapture.to_bucket(bucket, sampling_percentage=20),
)

monitoring = ModelMonitoring(
    stack,
    "Monitoring",
    data=MonitoredData.endpoint(endpoint),
    notification_topic=sns.Topic(stack, "Alerts", enforce_ssl=True),
)
monitoring.add_data_quality_monitor(
    "DataQuality",
    baseline=Baseline.from_dataset(Dataset.csv(bucket, "training/churn.csv")),
)

RetrainingTrigger(
    stack,
    "Retraining",
    monitors=monitoring,
    pipeline=sagemaker.CfnPipeline.from_pipeline_name(stack, "Pipeline", "churn-training"),
    cooldown=cdk.Duration.days(1),
)

app.synth()
