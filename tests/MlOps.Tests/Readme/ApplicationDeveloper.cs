using Microsoft.Extensions.DependencyInjection;
using MlOps.Serving;

namespace MlOps.Tests.Readme;

internal sealed record Applicant(string Id, float Income, float Debt, DateTimeOffset At);

internal sealed class ApplicationDeveloper(IServiceCollection services, IPredictor<Applicant, double> predictor, Applicant applicant)
{
    public async Task<double> RunAsync()
    {
        // begin
        services.AddMlOps(mlops => mlops
            .AddPredictor<Applicant, double>("models:/credit@champion", model => model
                .Write("income", (Applicant a) => a.Income)
                .Write("debt", (Applicant a) => a.Debt)
                .Read("probability", (float p) => (double)p)
                .Identify(a => a.Id, a => a.At)
                .Score(p => p))
            .AddMonitor("credit", monitor => monitor.Window = TimeSpan.FromDays(1)));

        var answer = await predictor.PredictAsync(applicant);   // IPredictor<Applicant, double>, injected
        return answer.Value;                                    // also answer.Id and answer.ModelVersion
        // end
    }
}
