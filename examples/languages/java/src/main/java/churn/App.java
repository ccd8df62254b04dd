package churn;

import io.github.cdksagemakermonitoring.AddDataQualityMonitorOptions;
import io.github.cdksagemakermonitoring.Baseline;
import io.github.cdksagemakermonitoring.BucketCaptureOptions;
import io.github.cdksagemakermonitoring.DataCapture;
import io.github.cdksagemakermonitoring.Dataset;
import io.github.cdksagemakermonitoring.Endpoint;
import io.github.cdksagemakermonitoring.InstanceType;
import io.github.cdksagemakermonitoring.InstanceVariantOptions;
import io.github.cdksagemakermonitoring.Model;
import io.github.cdksagemakermonitoring.ModelData;
import io.github.cdksagemakermonitoring.ModelImage;
import io.github.cdksagemakermonitoring.ModelMonitoring;
import io.github.cdksagemakermonitoring.MonitoredData;
import io.github.cdksagemakermonitoring.ProductionVariant;
import io.github.cdksagemakermonitoring.RetrainingTrigger;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sagemaker.CfnPipeline;
import software.amazon.awscdk.services.sns.Topic;

/** The first app of the README in Java. */
public final class App {
  private App() {}

  public static void main(final String[] args) {
    var app = new software.amazon.awscdk.App();
    var stack = new Stack(app, "Churn");
    var bucket = Bucket.Builder.create(stack, "Bucket").enforceSsl(true).build();

    var image = Repository.fromRepositoryName(stack, "Image", "churn");
    var model =
        Model.Builder.create(stack, "Model")
            .image(ModelImage.fromEcrRepository(image, "1.0"))
            .modelData(ModelData.fromBucket(bucket, "models/churn/model.tar.gz"))
            .build();
    var live =
        InstanceVariantOptions.builder().model(model).instanceType(InstanceType.of("ml.m5.large")).build();
    var endpoint =
        Endpoint.Builder.create(stack, "Endpoint")
            .variants(List.of(ProductionVariant.instances("live", live)))
            .dataCapture(
                DataCapture.toBucket(bucket, BucketCaptureOptions.builder().samplingPercentage(20).build()))
            .build();

    var monitoring =
        ModelMonitoring.Builder.create(stack, "Monitoring")
            .data(MonitoredData.endpoint(endpoint))
            .notificationTopic(Topic.Builder.create(stack, "Alerts").enforceSsl(true).build())
            .build();
    monitoring.addDataQualityMonitor(
        "DataQuality",
        AddDataQualityMonitorOptions.builder()
            .baseline(Baseline.fromDataset(Dataset.csv(bucket, "training/churn.csv")))
            .build());

    RetrainingTrigger.Builder.create(stack, "Retraining")
        .monitors(monitoring)
        .pipeline(CfnPipeline.fromPipelineName(stack, "Pipeline", "churn-training"))
        .cooldown(Duration.days(1))
        .build();

    app.synth();
  }
}
