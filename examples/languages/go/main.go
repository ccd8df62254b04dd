// The first app of the README in Go.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssagemaker"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	monitoring "github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring-go/cdksagemakermonitoring"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Churn"), nil)
	bucket := awss3.NewBucket(stack, jsii.String("Bucket"), &awss3.BucketProps{EnforceSSL: jsii.Bool(true)})

	image := awsecr.Repository_FromRepositoryName(stack, jsii.String("Image"), jsii.String("churn"))
	model := monitoring.NewModel(stack, jsii.String("Model"), &monitoring.ModelProps{
		Image:     monitoring.ModelImage_FromEcrRepository(image, jsii.String("1.0")),
		ModelData: monitoring.ModelData_FromBucket(bucket, jsii.String("models/churn/model.tar.gz")),
	})
	live := monitoring.ProductionVariant_Instances(jsii.String("live"), &monitoring.InstanceVariantOptions{
		Model:        model,
		InstanceType: monitoring.InstanceType_Of(jsii.String("ml.m5.large")),
	})
	endpoint := monitoring.NewEndpoint(stack, jsii.String("Endpoint"), &monitoring.EndpointProps{
		Variants: &[]monitoring.ProductionVariant{live},
		DataCapture: monitoring.DataCapture_ToBucket(bucket, &monitoring.BucketCaptureOptions{
			SamplingPercentage: jsii.Number(20),
		}),
	})

	watch := monitoring.NewModelMonitoring(stack, jsii.String("Monitoring"), &monitoring.ModelMonitoringProps{
		Data:              monitoring.MonitoredData_Endpoint(endpoint, nil),
		NotificationTopic: awssns.NewTopic(stack, jsii.String("Alerts"), &awssns.TopicProps{EnforceSSL: jsii.Bool(true)}),
	})
	watch.AddDataQualityMonitor(jsii.String("DataQuality"), &monitoring.AddDataQualityMonitorOptions{
		Baseline: monitoring.Baseline_FromDataset(monitoring.Dataset_Csv(bucket, jsii.String("training/churn.csv"), nil), nil),
	})

	monitoring.NewRetrainingTrigger(stack, jsii.String("Retraining"), &monitoring.RetrainingTriggerProps{
		Monitors: watch,
		Pipeline: awssagemaker.CfnPipeline_FromPipelineName(stack, jsii.String("Pipeline"), jsii.String("churn-training")),
		Cooldown: awscdk.Duration_Days(jsii.Number(1)),
	})

	app.Synth(nil)
}
