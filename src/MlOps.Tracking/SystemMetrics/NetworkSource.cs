using System.Net.NetworkInformation;

namespace MlOps.Tracking;

/// <summary>What the machine has received and sent since sampling began, over all interfaces but the loopback.</summary>
internal sealed class NetworkSource : ISystemMetricSource
{
    private readonly (long Received, long Sent)? _start = Total();

    public ValueTask ReadAsync(List<KeyValuePair<string, double>> values, CancellationToken cancellationToken)
    {
        if (_start is { } start && Total() is { } now)
        {
            values.Add(new("system/network_receive_megabytes", (now.Received - start.Received) / 1e6));
            values.Add(new("system/network_transmit_megabytes", (now.Sent - start.Sent) / 1e6));
        }

        return ValueTask.CompletedTask;
    }

    private static (long Received, long Sent)? Total()
    {
        if (OperatingSystem.IsAndroid())
        {
            return null;
        }

        try
        {
            long received = 0, sent = 0;
            foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                {
                    var statistics = network.GetIPStatistics();
                    received += statistics.BytesReceived;
                    sent += statistics.BytesSent;
                }
            }

            return (received, sent);
        }
        catch (Exception error) when (error is NetworkInformationException or PlatformNotSupportedException or IOException)
        {
            return null;
        }
    }
}
